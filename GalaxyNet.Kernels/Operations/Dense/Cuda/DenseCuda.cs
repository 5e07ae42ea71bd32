namespace GalaxyNet.Kernels;

/// <summary>The three products of <see cref="Dense"/> on the CUDA engine (<see cref="CudaProduct"/>).</summary>
/// <remarks>
/// As in <see cref="DenseGpu"/>; both gradients are one launch. Matrices that lie depth by depth are copied by fours
/// where they come in fours.
/// </remarks>
internal sealed class DenseCuda : IDenseSchedule
{
    private readonly int inFeatures;
    private readonly int outFeatures;
    private readonly CudaLauncher<DenseCudaForward, CudaLines, CudaLines> forward;
    private readonly CudaPairLauncher<
        DenseCudaBackward, CudaDepths<FourFloats>, CudaDepths<FourFloats>, CudaLines, CudaDepths<FourFloats>> backward;
    private readonly CudaPairLauncher<
        DenseCudaBackwardByOne, CudaDepths<OneFloat>, CudaDepths<OneFloat>, CudaLines, CudaDepths<OneFloat>>
        backwardByOne;

    public DenseCuda(Device device, int inFeatures, int outFeatures, TileChoice? tile)
    {
        this.inFeatures = inFeatures;
        this.outFeatures = outFeatures;
        forward = new(device, tile);
        backward = new(device, tile);
        backwardByOne = new(device, tile);
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool appliesRelu)
    {
        var target = Output(output, bias);
        Forward(input, weight, appliesRelu ? target.WithRelu() : target);
    }

    /// <summary>max(0, x w^T + b) with dropout.</summary>
    public void ForwardReluDropout(Tensor input, Tensor weight, Tensor bias, Tensor output, DropoutMask dropout) =>
        Forward(input, weight, Output(output, bias).WithRelu().With(dropout));

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        var target = InputGradient(inputGradient);
        if (ComesInFours(weight, inFeatures))
            backward.Run(null, InputFactors<FourFloats>(outputGradient, weight, target));
        else
            backwardByOne.Run(null, InputFactors<OneFloat>(outputGradient, weight, target));
    }

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        var target = WeightGradient(weightGradient, biasGradient);
        if (ComesInFours(outputGradient, outFeatures) && ComesInFours(input, inFeatures))
            backward.Run(WeightFactors<FourFloats>(input, outputGradient, target), null);
        else
            backwardByOne.Run(WeightFactors<OneFloat>(input, outputGradient, target), null);
    }

    /// <summary>Both, and where there is a scale, back through a ReLU and dropout that made x.</summary>
    public void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient,
        float? reluScale)
    {
        var ofWeight = WeightGradient(weightGradient, biasGradient);
        var ofInput = InputGradient(inputGradient);
        if (reluScale is { } scale)
            ofInput = ofInput.ThroughRelu(input.Data, scale);
        if (ComesInFours(outputGradient, outFeatures) && ComesInFours(input, inFeatures)
            && ComesInFours(weight, inFeatures))
            backward.Run(
                WeightFactors<FourFloats>(input, outputGradient, ofWeight),
                InputFactors<FourFloats>(outputGradient, weight, ofInput));
        else
            backwardByOne.Run(
                WeightFactors<OneFloat>(input, outputGradient, ofWeight),
                InputFactors<OneFloat>(outputGradient, weight, ofInput));
    }

    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
        backwardByOne.Dispose();
    }

    private CudaOutput Output(Tensor output, Tensor bias) =>
        CudaOutput.Matrix(output.Data, output.Shape[0], outFeatures).WithColumnBias(bias.Data);

    private CudaOutput InputGradient(Tensor gradient) =>
        CudaOutput.Matrix(gradient.Data, gradient.Shape[0], inFeatures);

    private CudaOutput WeightGradient(Tensor weightGradient, Tensor biasGradient) =>
        CudaOutput.Matrix(weightGradient.Data, outFeatures, inFeatures).WithRowSums(biasGradient.Data);

    private void Forward(Tensor input, Tensor weight, CudaOutput target) => forward.Run(new(
        new CudaLines(input.Data.Address(), input.Shape[0], inFeatures),
        new CudaLines(weight.Data.Address(), outFeatures, inFeatures),
        target,
        inFeatures));

    private CudaFactors<CudaLines, CudaDepths<TWidth>> InputFactors<TWidth>(
        Tensor outputGradient, Tensor weight, CudaOutput target)
        where TWidth : struct, ICopyWidth => new(
            new CudaLines(outputGradient.Data.Address(), outputGradient.Shape[0], outFeatures),
            new CudaDepths<TWidth>(weight.Data.Address(), inFeatures, hasOnes: 0),
            target,
            outFeatures);

    private CudaFactors<CudaDepths<TWidth>, CudaDepths<TWidth>> WeightFactors<TWidth>(
        Tensor input, Tensor outputGradient, CudaOutput target)
        where TWidth : struct, ICopyWidth => new(
            new CudaDepths<TWidth>(outputGradient.Data.Address(), outFeatures, hasOnes: 0),
            new CudaDepths<TWidth>(input.Data.Address(), inFeatures, hasOnes: 1),
            target,
            input.Shape[0]);

    private static bool ComesInFours(Tensor matrix, int lines) => Float4.Fits(matrix.Data, lines) != 0;
}
