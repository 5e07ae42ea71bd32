using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU's backward body of <see cref="BatchNormReluMaxPool2d"/>. Threads split the channels. The gradient of the
/// normalized image is zero but at the maxima, so the two sums that dx needs have a term for each window, not each
/// pixel; the second pass, over all pixels, finds x in the cache.
/// </summary>
internal unsafe struct BatchNormReluMaxPool2dBackwardWork : ISimdWork
{
    public ArrayView<float> Input;
    public ArrayView<byte> Indices;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> Weight;
    public ArrayView<float> Mean;
    public ArrayView<float> Variance;
    public ArrayView<float> InputGradient;
    public ArrayView<float> WeightGradient;
    public ArrayView<float> BiasGradient;
    public int Images;
    public ImageShape Size;
    public int Kernel;
    public float Epsilon;

    [Kernel("batch_norm_relu_max_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Size.Channels, thread, threads);
        for (int channel = range.Start; channel < range.End; channel++)
        {
            float mean = Mean.Pointer()[channel];
            float inverseDeviation = 1f / MathF.Sqrt(Variance.Pointer()[channel] + Epsilon);
            var (sum, product) = Kernel == PooledRows.Kernel
                ? Sums<TSimd, TVector>(channel, mean)
                : RectifiedSums<TSimd, TVector>(channel, mean);
            float weightGradient = (float)product * inverseDeviation;
            BiasGradient.Pointer()[channel] = (float)sum;
            WeightGradient.Pointer()[channel] = weightGradient;

            // dx = scale (dy - db / m - (x - mean) dw / (m deviation)), as a factor of dy and a line in x.
            float count = (float)Images * Size.Area;
            float scale = Weight.Pointer()[channel] * inverseDeviation;
            float slope = -scale * weightGradient * inverseDeviation / count;
            float constant = (-scale * (float)sum / count) - (slope * mean);
            for (int image = 0; image < Images; image++)
            {
                if (Kernel == PooledRows.Kernel)
                    Spread<TSimd, TVector>(image, channel, scale, slope, constant);
                else
                    SpreadRectified<TSimd, TVector>(image, channel, scale, slope, constant);
            }
        }
    }

    private readonly (double Sum, double Product) Sums<TSimd, TVector>(int channel, float mean)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        double sum = 0, product = 0;
        for (int image = 0; image < Images; image++)
        {
            for (int i = 0; i < Size.Height / PooledRows.Kernel; i++)
            {
                float* top = Row(Input, image, channel, 2 * i);
                var body = new GradientSumRow
                {
                    Top = top,
                    Bottom = top + Size.Width,
                    Indices = Indices.Pointer() + WindowRow(image, channel, i),
                    OutputGradient = OutputGradient.Pointer() + WindowRow(image, channel, i),
                    Mean = mean,
                };
                RowLoop.Run<TSimd, TVector, GradientSumRow>(ref body, Size.Width / PooledRows.Kernel);
                sum += body.Sum;
                product += body.Product;
            }
        }
        return (sum, product);
    }

    private readonly void Spread<TSimd, TVector>(int image, int channel, float scale, float slope, float constant)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int i = 0; i < Size.Height / PooledRows.Kernel; i++)
        {
            float* top = Row(Input, image, channel, 2 * i);
            float* topGradient = Row(InputGradient, image, channel, 2 * i);
            var body = new NormalizedBackwardRow
            {
                Top = top,
                Bottom = top + Size.Width,
                Indices = Indices.Pointer() + WindowRow(image, channel, i),
                OutputGradient = OutputGradient.Pointer() + WindowRow(image, channel, i),
                Scale = scale,
                Slope = slope,
                Constant = constant,
                TopGradient = topGradient,
                BottomGradient = topGradient + Size.Width,
            };
            RowLoop.Run<TSimd, TVector, NormalizedBackwardRow>(ref body, Size.Width / PooledRows.Kernel);
        }
        SpreadLeftover(image, channel, slope, constant);
    }

    private readonly (double Sum, double Product) RectifiedSums<TSimd, TVector>(int channel, float mean)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        double sum = 0, product = 0;
        for (int image = 0; image < Images; image++)
        {
            long plane = (((long)image * Size.Channels) + channel) * Size.Area;
            var (planeSum, planeProduct) = RectifiedBackwardPlane.Sums<TSimd, TVector>(
                Input.Pointer() + plane, Indices.Pointer() + plane, OutputGradient.Pointer() + plane, mean, Size.Area);
            sum += planeSum;
            product += planeProduct;
        }
        return (sum, product);
    }

    private readonly void SpreadRectified<TSimd, TVector>(
        int image, int channel, float scale, float slope, float constant)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        long plane = (((long)image * Size.Channels) + channel) * Size.Area;
        var body = new RectifiedBackwardPlane
        {
            Input = Input.Pointer() + plane,
            Indices = Indices.Pointer() + plane,
            OutputGradient = OutputGradient.Pointer() + plane,
            Scale = scale,
            Slope = slope,
            Constant = constant,
            InputGradient = InputGradient.Pointer() + plane,
        };
        RowLoop.Run<TSimd, TVector, RectifiedBackwardPlane>(ref body, Size.Area);
    }

    // Pixels outside every window have no gradient from above.
    private readonly void SpreadLeftover(int image, int channel, float slope, float constant)
    {
        float* x = Row(Input, image, channel, 0);
        float* gradient = Row(InputGradient, image, channel, 0);
        int rows = Size.Height / PooledRows.Kernel * PooledRows.Kernel;
        int columns = Size.Width / PooledRows.Kernel * PooledRows.Kernel;
        for (int row = 0; row < Size.Height; row++)
        {
            for (int column = row < rows ? columns : 0; column < Size.Width; column++)
                gradient[(row * Size.Width) + column] = (slope * x[(row * Size.Width) + column]) + constant;
        }
    }

    private readonly float* Row(ArrayView<float> values, int image, int channel, int row) =>
        values.Pointer() + ((((((long)image * Size.Channels) + channel) * Size.Height) + row) * Size.Width);

    private readonly long WindowRow(int image, int channel, int row) =>
        (((((long)image * Size.Channels) + channel) * (Size.Height / PooledRows.Kernel)) + row)
        * (Size.Width / PooledRows.Kernel);
}

/// <summary>The sums over a row of windows of dy and of dy (x - mean), where x is the window's maximum.</summary>
internal unsafe struct GradientSumRow : IRowBody
{
    public float* Top;
    public float* Bottom;
    public byte* Indices;
    public float* OutputGradient;
    public float Mean;
    public float Sum;
    public float Product;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var x = PooledRows.Load<TSimd, TVector>(Top + (2 * first), Bottom + (2 * first));
        TVector index = TSimd.LoadBytes(Indices + first);
        TVector maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(1f)), x.Pixel1, x.Pixel0);
        maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(2f)), x.Pixel2, maximum);
        maximum = TSimd.Select(TSimd.IsEqual(index, TSimd.Broadcast(3f)), x.Pixel3, maximum);
        TVector passes = TSimd.IsGreater(TSimd.Broadcast(ReluMaxPool2d.Blocked), index);
        TVector gradient = TSimd.Select(passes, TSimd.Load(OutputGradient + first), TSimd.Zero);
        Sum += TSimd.Sum(gradient);
        Product += TSimd.Sum(TSimd.Multiply(gradient, TSimd.Subtract(maximum, TSimd.Broadcast(Mean))));
    }
}

/// <summary>dx = scale dy + slope x + constant for the two rows of pixels under one row of windows.</summary>
internal unsafe struct NormalizedBackwardRow : IRowBody
{
    public float* Top;
    public float* Bottom;
    public byte* Indices;
    public float* OutputGradient;
    public float Scale;
    public float Slope;
    public float Constant;
    public float* TopGradient;
    public float* BottomGradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var x = PooledRows.Load<TSimd, TVector>(Top + (2 * first), Bottom + (2 * first));
        TVector index = TSimd.LoadBytes(Indices + first);
        TVector gradient = TSimd.Multiply(TSimd.Broadcast(Scale), TSimd.Load(OutputGradient + first));
        PooledRows.Store<TSimd, TVector>(
            new WindowPixels<TVector>(
                At<TSimd, TVector>(x.Pixel0, index, 0f, gradient),
                At<TSimd, TVector>(x.Pixel1, index, 1f, gradient),
                At<TSimd, TVector>(x.Pixel2, index, 2f, gradient),
                At<TSimd, TVector>(x.Pixel3, index, 3f, gradient)),
            TopGradient + (2 * first),
            BottomGradient + (2 * first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector At<TSimd, TVector>(TVector value, TVector index, float position, TVector gradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Add(
            PooledRows.GradientAt<TSimd, TVector>(index, position, gradient),
            TSimd.MultiplyAdd(TSimd.Broadcast(Slope), value, TSimd.Broadcast(Constant)));
}
