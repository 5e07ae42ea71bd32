using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>Packs the weight into <see cref="RowPanel"/>s. Threads split the panels.</summary>
internal struct PackFiltersWork : ISimdWork
{
    public ArrayView<float> Weight;
    public ArrayView<float> Filters;
    public FilterOrder Order;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly unsafe void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* weight = Weight.Pointer();
        var range = WorkRange.Of(RowPanel.Count(Order.Rows), thread, threads);
        float* panel = Filters.Pointer() + ((long)range.Start * RowPanel.Size(Order.Depth));
        for (int block = range.Start; block < range.End; block++)
        {
            for (int channel = 0; channel < Order.Channels; channel++)
            {
                for (int tap = 0; tap < Order.Taps; tap++)
                {
                    for (int r = 0; r < OuterProductTile.Rows; r++)
                    {
                        int row = (block * OuterProductTile.Rows) + r;
                        *panel++ = row < Order.Rows ? weight[Order.IndexOf(row, channel, tap)] : 0f;
                    }
                }
            }
        }
    }
}
