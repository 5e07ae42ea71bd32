using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU's backward body of <see cref="BatchNormReluMaxPool2d"/>. Threads split the channels. The gradient of the normalised
/// picture is zero but at the maxima, so the two sums that dx needs run over the windows alone; the second pass, over all pixels,
/// finds x in the cache.
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
    public PictureSize Size;
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
            var (sum, product) = Sums<TSimd, TVector>(channel, mean);
            float weightGradient = (float)product * inverseDeviation;
            BiasGradient.Pointer()[channel] = (float)sum;
            WeightGradient.Pointer()[channel] = weightGradient;

            // dx = scale (dy - db / m - (x - mean) dw / (m deviation)), as a factor of dy and a line in x.
            float count = (float)Images * Size.Area;
            float scale = Weight.Pointer()[channel] * inverseDeviation;
            float slope = -scale * weightGradient * inverseDeviation / count;
            float constant = (-scale * (float)sum / count) - (slope * mean);
            for (int image = 0; image < Images; image++)
                Spread<TSimd, TVector>(image, channel, scale, slope, constant);
        }
    }

    private readonly (double Sum, double Product) Sums<TSimd, TVector>(int channel, float mean)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        double sum = 0, product = 0;
        int windows = Size.Width / PooledRows.Kernel;
        for (int image = 0; image < Images; image++)
        {
            var rows = RowsOf(image, channel);
            for (int i = 0; i < Size.Height / PooledRows.Kernel; i++)
            {
                var (rowSum, rowProduct) = rows.Sums<TSimd, TVector>(i, mean, windows);
                sum += rowSum;
                product += rowProduct;
            }
        }
        return (sum, product);
    }

    private readonly void Spread<TSimd, TVector>(int image, int channel, float scale, float slope, float constant)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var rows = RowsOf(image, channel);
        float* gradient = InputGradient.Pointer() + PlaneStart(image, channel);
        int windows = Size.Width / PooledRows.Kernel;
        for (int i = 0; i < Size.Height / PooledRows.Kernel; i++)
        {
            float* top = gradient + (2 * i * Size.Width);
            rows.Spread<TSimd, TVector>(i, scale, slope, constant, top, top + Size.Width, windows);
        }
        SpreadLeftover(image, channel, slope, constant);
    }

    // Pixels outside every window have no gradient from above.
    private readonly void SpreadLeftover(int image, int channel, float slope, float constant)
    {
        float* x = Input.Pointer() + PlaneStart(image, channel);
        float* gradient = InputGradient.Pointer() + PlaneStart(image, channel);
        int rows = Size.Height / PooledRows.Kernel * PooledRows.Kernel;
        int columns = Size.Width / PooledRows.Kernel * PooledRows.Kernel;
        for (int row = 0; row < Size.Height; row++)
        {
            for (int column = row < rows ? columns : 0; column < Size.Width; column++)
                gradient[(row * Size.Width) + column] = (slope * x[(row * Size.Width) + column]) + constant;
        }
    }

    private readonly long PlaneStart(int image, int channel) => (((long)image * Size.Channels) + channel) * Size.Area;

    private readonly PooledGradientRows RowsOf(int image, int channel)
    {
        int rows = Size.Height / PooledRows.Kernel;
        int windows = Size.Width / PooledRows.Kernel;
        long pooled = (((long)image * Size.Channels) + channel) * rows * windows;
        return new PooledGradientRows(
            Input.Pointer() + PlaneStart(image, channel),
            Size.Width,
            Indices.Pointer() + pooled,
            OutputGradient.Pointer() + pooled);
    }
}
