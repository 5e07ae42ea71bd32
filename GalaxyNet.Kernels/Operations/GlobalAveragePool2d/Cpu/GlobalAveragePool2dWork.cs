namespace GalaxyNet.Kernels;

/// <summary>The CPU's forward body of <see cref="GlobalAveragePool2d"/>. Threads split the planes.</summary>
internal unsafe struct GlobalAveragePool2dForwardWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public int Pixels;

    [Kernel("global_average_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)Output.Length, thread, threads);
        for (int plane = range.Start; plane < range.End; plane++)
            Output.Pointer()[plane] =
                PlaneSums.Sum<TSimd, TVector>(Input.Pointer() + ((long)plane * Pixels), Pixels) / Pixels;
    }
}

/// <summary>The CPU's backward body of <see cref="GlobalAveragePool2d"/>. Threads split the planes.</summary>
internal unsafe struct GlobalAveragePool2dBackwardWork : ISimdWork
{
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;
    public int Pixels;

    [Kernel("global_average_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of((int)OutputGradient.Length, thread, threads);
        for (int plane = range.Start; plane < range.End; plane++)
            new Span<float>(InputGradient.Pointer() + ((long)plane * Pixels), Pixels)
                .Fill(OutputGradient.Pointer()[plane] / Pixels);
    }
}
