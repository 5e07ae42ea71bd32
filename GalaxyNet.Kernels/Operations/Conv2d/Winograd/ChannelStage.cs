namespace GalaxyNet.Kernels;

/// <summary>
/// A band of an image with its channels in the lanes: for each pixel a vector of as many channels, zeros where the image has ended.
/// </summary>
/// <param name="size">The image's extents.</param>
/// <param name="before">Zeros above and to the left.</param>
/// <param name="rows">Rows of the band.</param>
/// <param name="columns">Columns of the band, at least those of the image and the zeros to its left.</param>
internal readonly unsafe struct ChannelStage(ImageShape size, int before, int rows, int columns)
{
    private readonly ImageShape size = size;
    private readonly int before = before;
    private readonly int rows = rows;

    /// <summary>Columns of the band: vectors from a row to the next.</summary>
    public readonly int Columns = columns;

    /// <summary>Floats of memory.</summary>
    public int SizeOf(int vectorLength) => rows * Columns * vectorLength;

    /// <summary>Fills the band from a vector of the channels of an image, from padded row <paramref name="firstRow"/> on.</summary>
    public void Fill<TSimd, TVector>(float* image, int channel, int firstRow, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* planes = image + ((long)channel * size.Area);
        int lanes = Math.Min(TSimd.Count, size.Channels - channel);
        int after = Columns - before - size.Width;
        for (int r = 0; r < rows; r++, memory += Columns * TSimd.Count)
        {
            int y = firstRow + r - before;
            if (y < 0 || y >= size.Height)
            {
                new Span<float>(memory, Columns * TSimd.Count).Clear();
                continue;
            }
            float* pixels = memory + (before * TSimd.Count);
            new Span<float>(memory, before * TSimd.Count).Clear();
            new Span<float>(pixels + (size.Width * TSimd.Count), after * TSimd.Count).Clear();
            if (lanes == TSimd.Count && size.Width >= TSimd.Count)
                TransposeRow<TSimd, TVector>(planes + (y * size.Width), pixels);
            else
                GatherRow(planes + (y * size.Width), lanes, pixels, TSimd.Count);
        }
    }

    // The last block of a row ends with it, and may repeat pixels of the one before.
    private void TransposeRow<TSimd, TVector>(float* planes, float* pixels)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int x = 0; x < size.Width; x += TSimd.Count)
        {
            int first = Math.Min(x, size.Width - TSimd.Count);
            SimdMatrix.TransposeBlock<TSimd, TVector>(
                planes + first, size.Area, pixels + (first * TSimd.Count), TSimd.Count);
        }
    }

    private void GatherRow(float* planes, int lanes, float* pixels, int vectorLength)
    {
        for (int x = 0; x < size.Width; x++)
        {
            for (int lane = 0; lane < vectorLength; lane++)
                pixels[(x * vectorLength) + lane] = lane < lanes ? planes[(lane * size.Area) + x] : 0f;
        }
    }
}
