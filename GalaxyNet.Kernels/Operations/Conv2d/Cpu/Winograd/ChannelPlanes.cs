namespace GalaxyNet.Kernels;

/// <summary>The input, or the output gradient, as it lies in memory.</summary>
/// <param name="Images">The numbers.</param>
/// <param name="Size">The extents of an image.</param>
/// <param name="Before">Zeros above and to the left.</param>
/// <param name="Span">How far a tile sees.</param>
internal readonly record struct ChannelPlanes(ArrayView<float> Images, ImageShape Size, int Before, int Span)
    : IChannelSource
{
    public int Channels => Size.Channels;

    public int MemorySize(ChannelBand band, int vectorLength) => 0;

    public unsafe void Stage<TSimd, TVector>(
        int image, int channel, int firstRow, ChannelBand band, float* memory, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* planes = Images.Pointer() + ((long)image * Size.Count) + ((long)channel * Size.Area);
        int lanes = Math.Min(TSimd.Count, Size.Channels - channel);
        int ahead = Math.Min(TSimd.Count, Size.Channels - channel - lanes);
        int after = band.Columns - Before - Size.Width;
        for (int r = 0; r < band.Rows; r++, target += band.Columns * TSimd.Count)
        {
            int y = firstRow + r - Before;
            if (y < 0 || y >= Size.Height)
            {
                new Span<float>(target, band.Columns * TSimd.Count).Clear();
                continue;
            }
            float* pixels = target + (Before * TSimd.Count);
            new Span<float>(target, Before * TSimd.Count).Clear();
            new Span<float>(pixels + (Size.Width * TSimd.Count), after * TSimd.Count).Clear();
            // The next channels come from memory while these are turned.
            for (int lane = 0; lane < ahead; lane++)
                CacheLine.Prefetch(planes + ((TSimd.Count + lane) * Size.Area) + (y * Size.Width), Size.Width);
            if (lanes == TSimd.Count && Size.Width >= TSimd.Count)
                SimdMatrix.TransposeRows<TSimd, TVector>(planes + (y * Size.Width), Size.Area, Size.Width, pixels);
            else
                GatherRow(planes + (y * Size.Width), lanes, pixels, TSimd.Count);
        }
    }

    private unsafe void GatherRow(float* planes, int lanes, float* pixels, int vectorLength)
    {
        for (int x = 0; x < Size.Width; x++)
        {
            for (int lane = 0; lane < vectorLength; lane++)
                pixels[(x * vectorLength) + lane] = lane < lanes ? planes[(lane * Size.Area) + x] : 0f;
        }
    }
}
