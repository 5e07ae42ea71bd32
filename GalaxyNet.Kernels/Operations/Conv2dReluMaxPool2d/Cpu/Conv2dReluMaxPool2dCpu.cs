namespace GalaxyNet.Kernels;

/// <summary>
/// The pass of <see cref="Conv2dReluMaxPool2d"/> on the CPU that writes neither the convolution's output nor its
/// gradient: for the filters that <see cref="Conv2dCpu"/> splits, and 2x2 windows.
/// </summary>
internal sealed class Conv2dReluMaxPool2dCpu(Device device, Conv2dGeometry geometry) : IDisposable
{
    private readonly WinogradPass<WinogradTile5x5> forward = WinogradPass<WinogradTile5x5>.Forward(device, geometry);
    private readonly WinogradWeightPass<WinogradTile5x5> backwardWeight = new(device, geometry);

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
        Tensor biasGradient) =>
        backwardWeight.RunPooled(input, indices, outputGradient, weightGradient, biasGradient);

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
