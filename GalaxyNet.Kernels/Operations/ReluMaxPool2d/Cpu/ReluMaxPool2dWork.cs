namespace GalaxyNet.Kernels;

/// <summary>The CPU's forward body of <see cref="ReluMaxPool2d"/>. Threads split the planes.</summary>
internal unsafe struct ReluMaxPool2dForwardWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public ArrayView<byte> Indices;
    public int Planes;
    public int Height;
    public int Width;

    [Kernel("relu_max_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int rows = Height / PooledRows.Kernel;
        int windows = Width / PooledRows.Kernel;
        var range = WorkRange.Of(Planes, thread, threads);
        for (int plane = range.Start; plane < range.End; plane++)
        {
            for (int i = 0; i < rows; i++)
            {
                float* top = Input.Pointer() + ((((long)plane * Height) + (2 * i)) * Width);
                long row = (((long)plane * rows) + i) * windows;
                var body = new PooledForwardRow
                {
                    Top = top,
                    Bottom = top + Width,
                    Scale = 1f,
                    Output = Output.Pointer() + row,
                    Indices = Indices.Pointer() + row,
                };
                RowLoop.Run<TSimd, TVector, PooledForwardRow>(ref body, windows);
            }
        }
    }
}

/// <summary>The CPU's backward body of <see cref="ReluMaxPool2d"/>. Threads split the planes.</summary>
internal unsafe struct ReluMaxPool2dBackwardWork : ISimdWork
{
    public ArrayView<byte> Indices;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;
    public int Planes;
    public int Height;
    public int Width;

    [Kernel("relu_max_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int rows = Height / PooledRows.Kernel;
        int windows = Width / PooledRows.Kernel;
        var range = WorkRange.Of(Planes, thread, threads);
        for (int plane = range.Start; plane < range.End; plane++)
        {
            float* gradient = InputGradient.Pointer() + ((long)plane * Height * Width);
            if (Height % PooledRows.Kernel != 0 || Width % PooledRows.Kernel != 0)
                new Span<float>(gradient, Height * Width).Clear(); // what was left over gets no gradient
            for (int i = 0; i < rows; i++)
            {
                float* top = gradient + (2 * i * Width);
                long row = (((long)plane * rows) + i) * windows;
                var body = new PooledBackwardRow
                {
                    Indices = Indices.Pointer() + row,
                    OutputGradient = OutputGradient.Pointer() + row,
                    Top = top,
                    Bottom = top + Width,
                };
                RowLoop.Run<TSimd, TVector, PooledBackwardRow>(ref body, windows);
            }
        }
    }
}
