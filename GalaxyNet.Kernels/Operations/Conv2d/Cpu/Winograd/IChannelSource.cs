namespace GalaxyNet.Kernels;

/// <summary>
/// A factor of the weight gradient's products, the input or the output gradient: images whose channels go into the
/// lanes.
/// </summary>
internal unsafe interface IChannelSource
{
    /// <summary>Channels, each block of a split filter counted.</summary>
    int Channels { get; }

    /// <summary>How far a tile sees: the points for an input, 4 for an output gradient.</summary>
    int Span { get; }

    /// <summary>Floats that <see cref="Stage"/> needs beside its target.</summary>
    int MemorySize(ChannelBand band, int vectorLength);

    /// <summary>
    /// Writes a band of an image: for each pixel a vector of as many channels, zeros where the image has ended.
    /// </summary>
    /// <param name="image">Which image.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="firstRow">The first row of outputs under the band.</param>
    /// <param name="band">The extents of the band.</param>
    /// <param name="memory">As much as <see cref="MemorySize"/> says.</param>
    /// <param name="target">Receives the band, row after row.</param>
    void Stage<TSimd, TVector>(
        int image, int channel, int firstRow, ChannelBand band, float* memory, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

/// <summary>The extents of a band of an image, in pixels.</summary>
internal readonly record struct ChannelBand(int Rows, int Columns);
