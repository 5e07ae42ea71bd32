namespace GalaxyNet.Kernels;

internal sealed class Conv2dCpu(Device device, Conv2dGeometry geometry) : IConv2dSchedule
{
    private readonly string name = device.Name + geometry;

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output) => throw new NotSupportedException(name);

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) => throw new NotSupportedException(name);

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient) => throw new NotSupportedException(name);

    public void Dispose()
    {
    }
}
