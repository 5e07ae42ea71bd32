namespace GalaxyNet.Kernels;

/// <summary>
/// The pass of <see cref="Conv2dReluMaxPool2d"/> on the CPU that writes neither the convolution's output nor its
/// gradient: for the filters that <see cref="Conv2dCpu"/> splits, and 2x2 windows.
/// </summary>
internal sealed class Conv2dReluMaxPool2dCpu(Device device, Conv2dGeometry geometry) : IDisposable
{
    private readonly WinogradPass<WinogradTile5x5> forward = WinogradPass<WinogradTile5x5>.Forward(device, geometry);
    private readonly WinogradWeightPass<WinogradTile5x5> backwardWeight = new(device, geometry);
    private readonly SimdKernel<PooledBiasGradientWork> addBias = new(device);

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
        backwardWeight.RunPooled(input, indices, outputGradient, weightGradient);
        addBias.Launch(new PooledBiasGradientWork
        {
            Indices = indices.View,
            OutputGradient = outputGradient.Data,
            BiasGradient = biasGradient.Data,
            Images = input.Shape[0],
            Windows = outputGradient.Shape[2] * outputGradient.Shape[3],
        });
    }

    /// <summary>How the passes run for so many images, but for the input gradient.</summary>
    public Conv2dPlan PlanFor(int images)
    {
        return new Conv2dPlan(Pooled(forward.PlanFor(images)), null, Pooled(backwardWeight.PlanFor(images)));

        static PassPlan Pooled(PassPlan plan) => plan with { Algorithm = $"{plan.Algorithm}, pooled" };
    }

    public void Dispose()
    {
        forward.Dispose();
        backwardWeight.Dispose();
    }
}

/// <summary>
/// The bias gradient of a convolution whose output went through ReLU and pooling: a sum over the windows that have a
/// gradient. Threads split the output channels.
/// </summary>
internal unsafe struct PooledBiasGradientWork : ISimdWork
{
    public ArrayView<byte> Indices;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> BiasGradient;
    public int Images;
    public int Windows;

    [Kernel("conv2d_relu_max_pool2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int channels = (int)BiasGradient.Length;
        var range = WorkRange.Of(channels, thread, threads);
        for (int channel = range.Start; channel < range.End; channel++)
        {
            double sum = 0;
            for (int image = 0; image < Images; image++)
            {
                long plane = (((long)image * channels) + channel) * Windows;
                sum += Sum<TSimd, TVector>(Indices.Pointer() + plane, OutputGradient.Pointer() + plane);
            }
            BiasGradient.Pointer()[channel] = (float)sum;
        }
    }

    private readonly float Sum<TSimd, TVector>(byte* indices, float* gradients)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector sum = TSimd.Zero;
        int i = 0;
        for (; i <= Windows - TSimd.Count; i += TSimd.Count)
        {
            TVector isOpen = TSimd.IsGreater(
                TSimd.Broadcast(ReluMaxPool2d.Blocked), TSimd.LoadBytes(indices + i));
            sum = TSimd.Add(sum, TSimd.Select(isOpen, TSimd.Load(gradients + i), TSimd.Zero));
        }
        float total = TSimd.Sum(sum);
        for (; i < Windows; i++)
            total += indices[i] == ReluMaxPool2d.Blocked ? 0f : gradients[i];
        return total;
    }
}
