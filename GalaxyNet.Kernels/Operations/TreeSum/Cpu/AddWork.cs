using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="TreeSum.Add"/>. Threads split the numbers.</summary>
internal unsafe struct AddWork : ISimdWork
{
    public ArrayView<float> Left;
    public ArrayView<float> Right;
    public ArrayView<float> Sum;

    [Kernel("tree_sum", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)Sum.Length, thread, threads);
        var row = new AddedRow
        {
            Left = Left.Pointer() + range.Start,
            Right = Right.Pointer() + range.Start,
            Sum = Sum.Pointer() + range.Start,
        };
        RowLoop.Run<TSimd, TVector, AddedRow>(ref row, range.End - range.Start);
    }
}

/// <summary>A row that is the sum of two others.</summary>
internal unsafe struct AddedRow : IRowBody
{
    public float* Left;
    public float* Right;
    public float* Sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Store(TSimd.Add(TSimd.Load(Left + first), TSimd.Load(Right + first)), Sum + first);
}
