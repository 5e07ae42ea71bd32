namespace GalaxyNet.Kernels;

/// <summary>The three products of <see cref="Dense"/> on the CUDA engine (<see cref="CudaProduct"/>).</summary>
/// <remarks>
/// As in <see cref="DenseGpu"/>. Matrices that lie depth by depth are copied by fours where they come in fours.
/// </remarks>
internal sealed class DenseCuda : IDenseSchedule
{
    private readonly int inFeatures;
    private readonly int outFeatures;
    private readonly CudaLauncher<DenseCudaForward, CudaLines, CudaLines> forward;
    private readonly CudaLauncher<DenseCudaBackwardInput, CudaLines, CudaDepths<FourFloats>> backwardInput;
    private readonly CudaLauncher<DenseCudaBackwardInputByOne, CudaLines, CudaDepths<OneFloat>> backwardInputByOne;
    private readonly CudaLauncher<DenseCudaBackwardWeight, CudaDepths<FourFloats>, CudaDepths<FourFloats>>
        backwardWeight;
    private readonly CudaLauncher<DenseCudaBackwardWeightByOne, CudaDepths<OneFloat>, CudaDepths<OneFloat>>
        backwardWeightByOne;

    public DenseCuda(Device device, int inFeatures, int outFeatures, TileChoice? tile)
    {
        this.inFeatures = inFeatures;
        this.outFeatures = outFeatures;
        forward = new(device, tile);
        backwardInput = new(device, tile);
        backwardInputByOne = new(device, tile);
        backwardWeight = new(device, tile);
        backwardWeightByOne = new(device, tile);
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool appliesRelu)
    {
        var target = Output(output, bias);
        Forward(input, weight, appliesRelu ? target.WithRelu() : target);
    }

    /// <summary>max(0, x w^T + b) with dropout.</summary>
    public void ForwardReluDropout(Tensor input, Tensor weight, Tensor bias, Tensor output, DropoutMask dropout) =>
        Forward(input, weight, Output(output, bias).WithRelu().With(dropout));

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) =>
        BackwardInput(outputGradient, weight, InputGradient(inputGradient));

    /// <summary>dx = dy w, and back through a ReLU and dropout that made x.</summary>
    public void BackwardInputThroughRelu(
        Tensor outputGradient, Tensor weight, Tensor input, float scale, Tensor inputGradient) =>
        BackwardInput(outputGradient, weight, InputGradient(inputGradient).ThroughRelu(input.Data, scale));

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int batch = input.Shape[0];
        long left = outputGradient.Data.Address();
        long right = input.Data.Address();
        var target = CudaOutput.Matrix(weightGradient.Data, outFeatures, inFeatures)
            .WithRowSums(biasGradient.Data);
        if (ComesInFours(outputGradient, outFeatures) && ComesInFours(input, inFeatures))
            backwardWeight.Run(new(left, outFeatures, hasOnes: 0), new(right, inFeatures, hasOnes: 1), target, batch);
        else
            backwardWeightByOne.Run(
                new(left, outFeatures, hasOnes: 0), new(right, inFeatures, hasOnes: 1), target, batch);
    }

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardInputByOne.Dispose();
        backwardWeight.Dispose();
        backwardWeightByOne.Dispose();
    }

    private CudaOutput InputGradient(Tensor gradient) =>
        CudaOutput.Matrix(gradient.Data, gradient.Shape[0], inFeatures);

    private CudaOutput Output(Tensor output, Tensor bias) =>
        CudaOutput.Matrix(output.Data, output.Shape[0], outFeatures).WithColumnBias(bias.Data);

    private void Forward(Tensor input, Tensor weight, CudaOutput target) => forward.Run(
        new CudaLines(input.Data.Address(), input.Shape[0], inFeatures),
        new CudaLines(weight.Data.Address(), outFeatures, inFeatures),
        target,
        inFeatures);

    private void BackwardInput(Tensor outputGradient, Tensor weight, CudaOutput target)
    {
        var left = new CudaLines(outputGradient.Data.Address(), outputGradient.Shape[0], outFeatures);
        if (ComesInFours(weight, inFeatures))
            backwardInput.Run(left, new(weight.Data.Address(), inFeatures, hasOnes: 0), target, outFeatures);
        else
            backwardInputByOne.Run(left, new(weight.Data.Address(), inFeatures, hasOnes: 0), target, outFeatures);
    }

    private static bool ComesInFours(Tensor matrix, int lines) => Float4.Fits(matrix.Data, lines) != 0;
}
