namespace GalaxyNet.Kernels;

internal sealed class DenseGpu(Device device, int inFeatures, int outFeatures) : IDenseSchedule
{
    private readonly string name = device.Name + inFeatures + outFeatures;

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output) => throw new NotSupportedException(name);

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) => throw new NotSupportedException(name);

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient) => throw new NotSupportedException(name);

    public void Dispose()
    {
    }
}
