using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// Evaluates all filters at the points, G w G^T, and packs them: for each point the <see cref="RowPanel"/>s of the matrix
/// [rows, channels]. Threads split the vectors of a point's panels.
/// </summary>
/// <remarks>
/// A panel holds its six rows of the first channel, then those of the second, and so on. Neighbors in it are in the lanes, whichever
/// row and channel they are of, so that what comes out is stored as it lies; only what goes in is gathered.
/// </remarks>
internal unsafe struct WinogradFilterWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Weight;
    public ArrayView<float> Filters;
    public SplitFilters Split;

    /// <summary>Floats that the packed filters take.</summary>
    public static long SizeOf(SplitFilters split) => TTile.Points * TTile.Points * PointSize(split);

    private static long PointSize(SplitFilters split) =>
        (long)RowPanel.Count(split.Order.Rows) * RowPanel.Size(split.Channels);

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int panelSize = RowPanel.Size(Split.Channels);
        int vectors = Rounding.CeilingDivide(panelSize, TSimd.Count);
        var range = WorkRange.Of(RowPanel.Count(Split.Order.Rows) * vectors, thread, threads);
        for (int item = range.Start; item < range.End; item++)
        {
            int first = item % vectors * TSimd.Count;
            TransformFilters<TSimd, TVector>(item / vectors, first, Math.Min(TSimd.Count, panelSize - first));
        }
    }

    private readonly void TransformFilters<TSimd, TVector>(int panel, int first, int lanes)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* places = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Places];
        for (int lane = 0; lane < lanes; lane++)
        {
            var (channel, row) = Math.DivRem(first + lane, OuterProductTile.Rows);
            Split.Read(Weight.Pointer(), (panel * OuterProductTile.Rows) + row, channel, (float*)places + lane, TSimd.Count);
        }
        WinogradTransform<TTile, TSimd, TVector>.Filter(places);

        float* target = Filters.Pointer() + ((long)panel * RowPanel.Size(Split.Channels)) + first;
        long pointSize = PointSize(Split);
        for (int point = 0; point < TTile.Points * TTile.Points; point++, target += pointSize)
        {
            float* place = (float*)(places + (8 * (point / TTile.Points)) + (point % TTile.Points));
            SimdCopy.Run<TSimd, TVector>(place, target, lanes);
        }
    }
}
