namespace GalaxyNet.Kernels;

/// <summary>
/// The input as the blocks of split filters see it: each channel as often as a filter has blocks, shifted up and to the
/// left by where the block begins.
/// </summary>
/// <param name="Images">The numbers.</param>
/// <param name="Size">The extents of an image.</param>
/// <param name="Before">Zeros above and to the left of what the first block sees.</param>
/// <param name="Blocks">Blocks along a side of a filter.</param>
/// <param name="Taps">Taps along a side of a block.</param>
/// <param name="Span">How far a tile sees.</param>
internal readonly record struct ShiftedPlanes(
    ArrayView<float> Images, ImageShape Size, int Before, int Blocks, int Taps, int Span)
    : IChannelSource
{
    public int Channels => Size.Channels * Blocks * Blocks;

    // A row of each lane, whose last vector may be read whole.
    public int MemorySize(ChannelBand band, int vectorLength) => vectorLength * Pitch(band, vectorLength);

    public unsafe void Stage<TSimd, TVector>(
        int image, int channel, int firstRow, ChannelBand band, float* memory, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* planes = Images.Pointer() + ((long)image * Size.Count);
        int pitch = Pitch(band, TSimd.Count);
        new Span<float>(memory, TSimd.Count * pitch).Clear();
        for (int r = 0; r < band.Rows; r++, target += band.Columns * TSimd.Count)
        {
            for (int lane = 0; lane < Math.Min(TSimd.Count, Channels - channel); lane++)
                CopyRow<TSimd, TVector>(planes, channel + lane, firstRow + r, band.Columns, memory + (lane * pitch));
            SimdMatrix.TransposeRows<TSimd, TVector>(memory, pitch, Math.Max(band.Columns, TSimd.Count), target);
        }
    }

    private static int Pitch(ChannelBand band, int vectorLength) =>
        Rounding.RoundUp(band.Columns, vectorLength) + CacheLine.Floats;

    private unsafe void CopyRow<TSimd, TVector>(float* planes, int channel, int row, int columns, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (plane, block) = Math.DivRem(channel, Blocks * Blocks);
        int y = row - Before + (block / Blocks * Taps);
        int before = Before - (block % Blocks * Taps);
        int start = Math.Clamp(before, 0, columns);
        int end = Math.Clamp(before + Size.Width, start, columns);
        if (y < 0 || y >= Size.Height)
            new Span<float>(target + start, end - start).Clear();
        else
            SimdCopy.Run<TSimd, TVector>(
                planes + (plane * Size.Area) + (y * Size.Width) + start - before, target + start, end - start);
    }
}
