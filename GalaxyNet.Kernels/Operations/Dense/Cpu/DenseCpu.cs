namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU schedule of <see cref="Dense"/>. Going forward, rows of x meet rows of w along their contiguous axis, so no matrix has to be
/// transposed: <see cref="DotProductTile"/>. Both gradients are ordinary products: <see cref="MatrixProduct"/>.
/// </summary>
internal sealed class DenseCpu(Device device, int inFeatures, int outFeatures) : IDenseSchedule
{
    private readonly SimdKernel<DenseForwardWork> forward = new(device);
    private readonly MatrixProduct product = new(device);

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool appliesRelu) => forward.Launch(new DenseForwardWork
    {
        Input = input.Data,
        Weight = weight.Data,
        Bias = bias.Data,
        Output = output.Data,
        Batch = input.Shape[0],
        InFeatures = inFeatures,
        OutFeatures = outFeatures,
        AppliesRelu = appliesRelu ? 1 : 0,
    });

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        var left = new StridedMatrix(outputGradient.Data, outputGradient.Shape[0], outFeatures, outFeatures, 1);
        product.Multiply(left, weight.Data, inputGradient.Data);
    }

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        var transposed = new StridedMatrix(outputGradient.Data, outFeatures, input.Shape[0], 1, outFeatures);
        product.Multiply(transposed, input.Data, weightGradient.Data);
    }

    public void Dispose() => product.Dispose();
}
