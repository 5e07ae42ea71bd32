using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The CPU's body of <see cref="Adam"/>. Threads split the parameters.</summary>
internal unsafe struct AdamWork : ISimdWork
{
    public ArrayView<float> Parameters;
    public ArrayView<float> Gradients;
    public ArrayView<float> FirstMoment;
    public ArrayView<float> SecondMoment;
    public float Beta1;
    public float Beta2;
    public float Epsilon;
    public float StepSize;
    public float RootScale;
    public float Kept;

    [Kernel("adam", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)Parameters.Length, thread, threads);
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
        TVector gradient = TSimd.Load(Gradients.Pointer() + i);
        TVector first = Mix<TSimd, TVector>(Beta1, TSimd.Load(FirstMoment.Pointer() + i), gradient);
        TVector second = Mix<TSimd, TVector>(
            Beta2, TSimd.Load(SecondMoment.Pointer() + i), TSimd.Multiply(gradient, gradient));
        TSimd.Store(first, FirstMoment.Pointer() + i);
        TSimd.Store(second, SecondMoment.Pointer() + i);
        TVector deviation = TSimd.MultiplyAdd(
            TSimd.SquareRoot(second), TSimd.Broadcast(RootScale), TSimd.Broadcast(Epsilon));
        TVector change = TSimd.Divide(TSimd.Multiply(TSimd.Broadcast(StepSize), first), deviation);
        TVector kept = TSimd.Multiply(TSimd.Broadcast(Kept), TSimd.Load(Parameters.Pointer() + i));
        TSimd.Store(TSimd.Subtract(kept, change), Parameters.Pointer() + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Mix<TSimd, TVector>(float beta, TVector old, TVector added)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.MultiplyAdd(TSimd.Broadcast(beta), old, TSimd.Multiply(TSimd.Broadcast(1f - beta), added));
}
