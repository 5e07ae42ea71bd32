namespace GalaxyNet.Kernels;

/// <summary>
/// The pass of <see cref="Conv2dReluMaxPool2d"/> on the CPU that writes neither the convolution's output nor its
/// gradient: for the filters that <see cref="Conv2dCpu"/> splits, and 2x2 windows.
/// </summary>
internal sealed class Conv2dReluMaxPool2dCpu(Device device, Conv2dGeometry geometry) : IDisposable
{
    private readonly WinogradPass<WinogradTile5x5> forward = WinogradPass<WinogradTile5x5>.Forward(device, geometry);
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly SimdKernel<PooledWeightGradientWork> multiply = new(device);
    private readonly PaddedPlanes layout = PaddedPlanes.OfInput(geometry, device.VectorLength);
    private readonly Workspace<float> planes = new(device);
    private readonly Workspace<float> sums = new(device);
    private readonly Workspace<float> lists = new(device);

    /// <summary>Whether a device and the extents allow it.</summary>
    public static bool Allows(Device device, Conv2dGeometry geometry, int window) =>
        device.Schedule == Schedule.Cpu && window == PooledRows.Kernel && Conv2dCpu.SplitsFilters(geometry);

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, DeviceBuffer<byte> indices) =>
        forward.RunPooled(input, weight, bias, output, indices);

    /// <summary>dw and db from x and the gradient of the pooled output.</summary>
    public void BackwardWeight(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        int images = input.Shape[0];
        // The last filter row may be read a vector past its end.
        var padded = planes.AtLeast(((long)images * layout.ImageSize) + device.VectorLength);
        pad.Launch(new PadWork { Source = input.Data, Planes = padded, Layout = layout, Images = images });
        var work = new PooledWeightGradientWork
        {
            Planes = padded,
            Layout = layout,
            Indices = indices.View,
            OutputGradient = outputGradient.Data,
            PooledSize = new ImageShape(outputGradient.Shape[1], outputGradient.Shape[2], outputGradient.Shape[3]),
            Kernel = geometry.KernelHeight,
            Images = images,
            WeightGradient = weightGradient.Data,
            BiasGradient = biasGradient.Data,
        };
        work.Sums = sums.AtLeast(work.SumsSize(device.VectorLength));
        work.Lists = lists.AtLeast((long)device.Multiprocessors * work.ListSize);
        multiply.Launch(work);
    }

    /// <summary>How the passes run for so many images, but for the input gradient.</summary>
    public Conv2dPlan PlanFor(int images)
    {
        var plan = forward.PlanFor(images);
        var pooled = plan with { Algorithm = $"{plan.Algorithm}, pooled" };
        return new Conv2dPlan(pooled, null, new PassPlan("pooled", Steps: images, Bands: 1, Parts: 1));
    }

    public void Dispose()
    {
        forward.Dispose();
        planes.Dispose();
        sums.Dispose();
        lists.Dispose();
    }
}

/// <summary>
/// The weight gradient of a convolution whose output went through ReLU and pooling. Of each 2x2 window only one number
/// has a gradient, or none, so the sum over pixels shrinks to a sum over windows:
/// dw[o, c, k, :] += g x[c, y + k, x : x + kernel].
/// </summary>
/// <remarks>
/// Threads split the output channels. A thread takes image after image, lists the windows of a channel that have a
/// gradient, and adds each to the filter's rows in registers: see <see cref="ScatterTile"/>. The sums of all its
/// channels stay in the cache.
/// </remarks>
internal unsafe struct PooledWeightGradientWork : ISimdWork
{
    public ArrayView<float> Planes;
    public PaddedPlanes Layout;
    public ArrayView<byte> Indices;
    public ArrayView<float> OutputGradient;
    public ImageShape PooledSize;
    public int Kernel;
    public int Images;
    public ArrayView<float> Sums;
    public ArrayView<float> Lists;
    public ArrayView<float> WeightGradient;
    public ArrayView<float> BiasGradient;

    /// <summary>Floats of sums for all output channels.</summary>
    public readonly int SumsSize(int vectorLength) => PooledSize.Channels * SumsOfChannel(vectorLength);

    /// <summary>Floats that each thread needs for its list of windows: an offset and a gradient each.</summary>
    public readonly int ListSize => 2 * PooledSize.Area;

    [Kernel("conv2d_relu_max_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var channels = WorkRange.Of(PooledSize.Channels, thread, threads);
        int sumsOfChannel = SumsOfChannel(TSimd.Count);
        float* sums = Sums.Pointer() + ((long)channels.Start * sumsOfChannel);
        new Span<float>(sums, (channels.End - channels.Start) * sumsOfChannel).Clear();
        new Span<float>(BiasGradient.Pointer() + channels.Start, channels.End - channels.Start).Clear();
        int* pixels = (int*)(Lists.Pointer() + ((long)thread * ListSize));
        float* gradients = (float*)(pixels + PooledSize.Area);
        int* offsets = stackalloc int[ScatterTile.Rows];
        for (int image = 0; image < Images; image++)
        {
            float* planes = Planes.Pointer() + ((long)image * Layout.ImageSize);
            for (int channel = channels.Start; channel < channels.End; channel++)
            {
                int windows = List(image, channel, pixels, gradients);
                float* target = sums + ((channel - channels.Start) * sumsOfChannel);
                for (int row = 0; row < Rows(TSimd.Count); row += ScatterTile.Rows)
                {
                    for (int r = 0; r < ScatterTile.Rows; r++)
                        offsets[r] = Offset(Math.Min(row + r, Rows(TSimd.Count) - 1), TSimd.Count);
                    ScatterTile.Add<TSimd, TVector>(
                        planes, pixels, gradients, windows, offsets, target + (row * TSimd.Count));
                }
            }
        }
        for (int channel = channels.Start; channel < channels.End; channel++)
            Gather(sums + ((channel - channels.Start) * sumsOfChannel), channel, TSimd.Count);
    }

    // A row of the filter takes as many vectors as its taps need.
    private readonly int VectorsOfRow(int vectorLength) => Rounding.CeilingDivide(Kernel, vectorLength);

    private readonly int Rows(int vectorLength) => Layout.Channels * Kernel * VectorsOfRow(vectorLength);

    private readonly int SumsOfChannel(int vectorLength) =>
        Rounding.RoundUp(Rows(vectorLength), ScatterTile.Rows) * vectorLength;

    private readonly int Offset(int row, int vectorLength)
    {
        int vector = row % VectorsOfRow(vectorLength);
        int filterRow = row / VectorsOfRow(vectorLength);
        int first = (filterRow / Kernel * Layout.ChannelSize) + (filterRow % Kernel * Layout.Pitch);
        return first + (vector * vectorLength);
    }

    // The windows that have a gradient: the offset of their maximum's first tap in the padded planes, and the gradient.
    private readonly int List(int image, int channel, int* pixels, float* gradients)
    {
        long plane = (((long)image * PooledSize.Channels) + channel) * PooledSize.Area;
        byte* indices = Indices.Pointer() + plane;
        float* source = OutputGradient.Pointer() + plane;
        float sum = 0f;
        int count = 0;
        for (int y = 0; y < PooledSize.Height; y++)
        {
            for (int x = 0; x < PooledSize.Width; x++, indices++, source++)
            {
                int index = *indices;
                pixels[count] = (((2 * y) + (index >> 1)) * Layout.Pitch) + (2 * x) + (index & 1);
                gradients[count] = *source;
                int isOpen = index == ReluMaxPool2d.Blocked ? 0 : 1;
                sum += *source * isOpen;
                count += isOpen; // without a branch, which nobody could predict
            }
        }
        BiasGradient.Pointer()[channel] += sum;
        return count;
    }

    private readonly void Gather(float* sums, int channel, int vectorLength)
    {
        int taps = Layout.Channels * Kernel * Kernel;
        float* gradient = WeightGradient.Pointer() + ((long)channel * taps);
        for (int tap = 0; tap < taps; tap++)
        {
            int row = (tap / Kernel * VectorsOfRow(vectorLength)) + (tap % Kernel / vectorLength);
            gradient[tap] = sums[(row * vectorLength) + (tap % Kernel % vectorLength)];
        }
    }
}
