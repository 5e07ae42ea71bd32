using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="MovingAverage"/>. Threads split the numbers.</summary>
internal unsafe struct MovingAverageWork : ISimdWork
{
    public ArrayView<float> Average;
    public ArrayView<float> Values;
    public float Decay;

    [Kernel("moving_average", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)Average.Length, thread, threads);
        int i = range.Start;
        for (; i <= range.End - TSimd.Count; i += TSimd.Count)
            Update<TSimd, TVector>(i);
        for (; i < range.End; i++)
            Update<SimdScalar, float>(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Update<TSimd, TVector>(int i)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector added = TSimd.Multiply(TSimd.Broadcast(1f - Decay), TSimd.Load(Values.Pointer() + i));
        TVector kept = TSimd.Load(Average.Pointer() + i);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Broadcast(Decay), kept, added), Average.Pointer() + i);
    }
}
