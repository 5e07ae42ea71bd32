namespace GalaxyNet.Kernels;

/// <summary>The CPU's forward body of <see cref="Sigmoid"/>. Threads split the elements.</summary>
internal unsafe struct SigmoidForwardWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;

    [Kernel("sigmoid", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* x = Input.Pointer(), y = Output.Pointer();
        var range = WorkRange.Of((int)Input.Length, thread, threads);
        for (int i = range.Start; i < range.End; i++)
            y[i] = Sigmoid.Forward(x[i]);
    }
}

/// <summary>The CPU's backward body of <see cref="Sigmoid"/>. Threads split the elements.</summary>
internal unsafe struct SigmoidBackwardWork : ISimdWork
{
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;

    [Kernel("sigmoid", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* y = Output.Pointer(), dy = OutputGradient.Pointer(), dx = InputGradient.Pointer();
        var range = WorkRange.Of((int)Output.Length, thread, threads);
        for (int i = range.Start; i < range.End; i++)
            dx[i] = Sigmoid.Backward(y[i], dy[i]);
    }
}
