namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU's forward body of <see cref="BatchNormReluMaxPool2d"/>. Threads split the channels. A channel of a usual
/// batch fits into the second-level cache: the mean, the variance around it and the output take three passes and read
/// memory once.
/// </summary>
internal unsafe record struct BatchNormReluMaxPool2dForwardWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<float> Weight;
    public ArrayView<float> Bias;
    public ArrayView<float> Mean;
    public ArrayView<float> Variance;
    public ArrayView<float> RunningMean;
    public ArrayView<float> RunningVariance;
    public ArrayView<float> Output;
    public ArrayView<byte> Indices;
    public int Images;
    public ImageShape Size;
    public int Kernel;
    public float Momentum;
    public float Epsilon;

    /// <summary>Numbers in a channel when training; 0 in evaluation, when mean and variance are given.</summary>
    public int Count;

    [Kernel("batch_norm_relu_max_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Size.Channels, thread, threads);
        for (int channel = range.Start; channel < range.End; channel++)
        {
            if (Count > 0)
                UpdateStatistics<TSimd, TVector>(channel);
            float scale = Weight.Pointer()[channel] / MathF.Sqrt(Variance.Pointer()[channel] + Epsilon);
            float shift = Bias.Pointer()[channel] - (Mean.Pointer()[channel] * scale);
            for (int image = 0; image < Images; image++)
            {
                if (Kernel == PooledRows.Kernel)
                    Pool<TSimd, TVector>(image, channel, scale, shift);
                else
                    Rectify<TSimd, TVector>(image, channel, scale, shift);
            }
        }
    }

    private readonly void UpdateStatistics<TSimd, TVector>(int channel)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        double sum = 0;
        for (int image = 0; image < Images; image++)
            sum += PlaneSums.Sum<TSimd, TVector>(Plane(image, channel), Size.Area);
        float mean = (float)(sum / Count);
        double squares = 0;
        for (int image = 0; image < Images; image++)
            squares += PlaneSums.SquaredDeviations<TSimd, TVector>(Plane(image, channel), Size.Area, mean);
        Mean.Pointer()[channel] = mean;
        Variance.Pointer()[channel] = (float)(squares / Count);
        float* runningMean = RunningMean.Pointer() + channel;
        float* runningVariance = RunningVariance.Pointer() + channel;
        *runningMean += Momentum * (mean - *runningMean);
        *runningVariance += Momentum * ((float)(squares / (Count - 1)) - *runningVariance);
    }

    private readonly void Pool<TSimd, TVector>(int image, int channel, float scale, float shift)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int rows = Size.Height / PooledRows.Kernel;
        int windows = Size.Width / PooledRows.Kernel;
        float* plane = Plane(image, channel);
        long target = (((long)image * Size.Channels) + channel) * rows * windows;
        for (int i = 0; i < rows; i++, target += windows)
        {
            float* top = plane + (2 * i * Size.Width);
            var body = new PooledForwardRow
            {
                Top = top,
                Bottom = top + Size.Width,
                Scale = scale,
                Shift = shift,
                Output = Output.Pointer() + target,
                Indices = Indices.Pointer() + target,
            };
            RowLoop.Run<TSimd, TVector, PooledForwardRow>(ref body, windows);
        }
    }

    private readonly void Rectify<TSimd, TVector>(int image, int channel, float scale, float shift)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        long plane = (((long)image * Size.Channels) + channel) * Size.Area;
        var body = new RectifiedForwardPlane
        {
            Input = Input.Pointer() + plane,
            Scale = scale,
            Shift = shift,
            Output = Output.Pointer() + plane,
            Indices = Indices.Pointer() + plane,
        };
        RowLoop.Run<TSimd, TVector, RectifiedForwardPlane>(ref body, Size.Area);
    }

    private readonly float* Plane(int image, int channel) =>
        Input.Pointer() + ((((long)image * Size.Channels) + channel) * Size.Area);
}
