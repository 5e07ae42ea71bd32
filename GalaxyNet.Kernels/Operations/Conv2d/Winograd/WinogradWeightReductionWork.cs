using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>Adds the parts' sums up and brings them back from the points to the taps, G^T du G. Threads split the rows of the sums.</summary>
internal unsafe struct WinogradWeightReductionWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Sums;
    public int Copies;
    public int Size; // floats of the sums at one place
    public int Pitch;
    public int Rows;
    public int Columns;
    public int RowStride; // filters from a row's to the next one's
    public int ColumnStride;
    public ArrayView<float> WeightGradient;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Rows, thread, threads);
        for (int row = range.Start; row < range.End; row++)
        {
            for (int column = 0; column < Columns; column += TSimd.Count)
                Reduce<TSimd, TVector>(row, column);
        }
    }

    private readonly void Reduce<TSimd, TVector>(int row, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* places = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Places];
        for (int point = 0; point < TTile.Points * TTile.Points; point++)
        {
            float* sums = Sums.Pointer() + ((long)point * Size) + (row * Pitch) + column;
            TVector sum = TSimd.Load(sums);
            for (int copy = 1; copy < Copies; copy++)
                sum = TSimd.Add(sum, TSimd.Load(sums + ((long)copy * TTile.Points * TTile.Points * Size)));
            places[(8 * (point / TTile.Points)) + (point % TTile.Points)] = sum;
        }
        WinogradTransform<TTile, TSimd, TVector>.FilterGradient(places);

        int taps = TTile.Taps * TTile.Taps;
        for (int tap = 0; tap < taps; tap++)
        {
            float* lanes = (float*)(places + (8 * (tap / TTile.Taps)) + (tap % TTile.Taps));
            float* gradient = WeightGradient.Pointer() + (((long)row * RowStride) + ((long)column * ColumnStride)) * taps + tap;
            for (int lane = 0; lane < Math.Min(TSimd.Count, Columns - column); lane++)
                gradient[(long)lane * ColumnStride * taps] = lanes[lane];
        }
    }
}
