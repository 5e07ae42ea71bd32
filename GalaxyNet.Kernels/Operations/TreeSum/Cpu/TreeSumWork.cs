namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU's body of <see cref="TreeSum.Sum"/>. Threads split the numbers, and take all levels of the tree for a piece
/// of them while it is in the cache.
/// </summary>
internal unsafe struct TreeSumWork : ISimdWork
{
    private const int PieceLength = 1 << 10;

    public ArrayView<float> Parts;
    public int Count;
    public int Length;

    [Kernel("tree_sum", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Length, thread, threads);
        for (int start = range.Start; start < range.End; start += PieceLength)
            SumPiece<TSimd, TVector>(Parts.Pointer() + start, Math.Min(PieceLength, range.End - start));
    }

    private readonly void SumPiece<TSimd, TVector>(float* piece, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int step = 1; step < Count; step *= 2)
        {
            for (int part = 0; part < Count; part += 2 * step)
            {
                float* left = piece + ((long)part * Length);
                var row = new AddedRow { Left = left, Right = left + ((long)step * Length), Sum = left };
                RowLoop.Run<TSimd, TVector, AddedRow>(ref row, length);
            }
        }
    }
}
