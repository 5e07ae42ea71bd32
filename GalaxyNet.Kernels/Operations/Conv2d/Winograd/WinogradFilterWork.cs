using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// Evaluates all filters at the points, G w G^T, and packs them: for each point the <see cref="RowPanel"/>s of the matrix
/// [rows, channels]. Threads split the rows.
/// </summary>
internal unsafe struct WinogradFilterWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Weight;
    public ArrayView<float> Filters;
    public SplitFilters Split;

    /// <summary>Floats that the packed filters take.</summary>
    public static long SizeOf(SplitFilters split) =>
        (long)TTile.Points * TTile.Points * RowPanel.Count(split.Order.Rows) * RowPanel.Size(split.Channels);

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(RowPanel.Count(Split.Order.Rows) * OuterProductTile.Rows, thread, threads);
        for (int row = range.Start; row < range.End; row++)
        {
            for (int channel = 0; channel < Split.Channels; channel += TSimd.Count)
                TransformFilters<TSimd, TVector>(row, channel);
        }
    }

    private readonly void TransformFilters<TSimd, TVector>(int row, int channel)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* places = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Places];
        int lanes = Math.Min(TSimd.Count, Split.Channels - channel);
        float* weight = Weight.Pointer();
        for (int tap = 0; tap < TTile.Taps * TTile.Taps; tap++)
        {
            float* place = (float*)(places + (8 * (tap / TTile.Taps)) + (tap % TTile.Taps));
            for (int lane = 0; lane < lanes; lane++)
            {
                int index = Split.IndexOf(row, channel + lane, tap / TTile.Taps, tap % TTile.Taps);
                place[lane] = index < 0 ? 0f : weight[index];
            }
        }
        WinogradTransform<TTile, TSimd, TVector>.Filter(places);

        int panelSize = RowPanel.Size(Split.Channels);
        float* target = Filters.Pointer() + ((long)(row / OuterProductTile.Rows) * panelSize)
            + (channel * OuterProductTile.Rows) + (row % OuterProductTile.Rows);
        for (int point = 0; point < TTile.Points * TTile.Points; point++)
        {
            float* place = (float*)(places + (8 * (point / TTile.Points)) + (point % TTile.Points));
            for (int lane = 0; lane < lanes; lane++)
                target[lane * OuterProductTile.Rows] = place[lane];
            target += (long)RowPanel.Count(Split.Order.Rows) * panelSize;
        }
    }
}
