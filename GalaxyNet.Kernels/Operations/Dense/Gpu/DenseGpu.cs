namespace GalaxyNet.Kernels;

/// <summary>The three products of <see cref="Dense"/> on the tile engine (<see cref="TileProduct"/>).</summary>
/// <remarks>
/// Rows of the product are rows of the result as it lies in memory:
/// <code>
///                  rows         columns      depth        left      right
/// Forward          batch        outFeatures  inFeatures   x         w, line by line
/// BackwardInput    batch        inFeatures   outFeatures  dy        w, depth by depth
/// BackwardWeight   outFeatures  inFeatures   batch        dy, depth by depth     x, depth by depth
/// </code>
/// </remarks>
internal sealed class DenseGpu : IDenseSchedule
{
    private readonly int inFeatures;
    private readonly int outFeatures;
    private readonly TileLauncher<DenseForward, LinesMatrix, LinesMatrix> forward;
    private readonly TileLauncher<DenseBackwardInput, LinesMatrix, DepthsMatrix> backwardInput;
    private readonly TileLauncher<DenseBackwardWeight, DepthsMatrix, DepthsMatrix> backwardWeight;
    private readonly ChannelSum channelSum;

    public DenseGpu(Device device, int inFeatures, int outFeatures, TileChoice? tile)
    {
        this.inFeatures = inFeatures;
        this.outFeatures = outFeatures;
        forward = new(device, tile);
        backwardInput = new(device, tile);
        backwardWeight = new(device, tile);
        channelSum = new ChannelSum(device);
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool appliesRelu)
    {
        int batch = input.Shape[0];
        var target = TileOutput.Matrix(output.Data, batch, outFeatures).WithColumnBias(bias.Data);
        forward.Run(
            new LinesMatrix(input.Data, batch, inFeatures),
            new LinesMatrix(weight.Data, outFeatures, inFeatures),
            appliesRelu ? target.WithRelu() : target,
            inFeatures);
    }

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        int batch = outputGradient.Shape[0];
        backwardInput.Run(
            new LinesMatrix(outputGradient.Data, batch, outFeatures),
            new DepthsMatrix(weight.Data, inFeatures, outFeatures),
            TileOutput.Matrix(inputGradient.Data, batch, inFeatures),
            outFeatures);
    }

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int batch = input.Shape[0];
        backwardWeight.Run(
            new DepthsMatrix(outputGradient.Data, outFeatures, batch),
            new DepthsMatrix(input.Data, inFeatures, batch),
            TileOutput.Matrix(weightGradient.Data, outFeatures, inFeatures),
            batch);
        channelSum.Sum(outputGradient, biasGradient);
    }

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardWeight.Dispose();
        channelSum.Dispose();
    }
}

/// <summary>y = x w^T + b.</summary>
internal readonly struct DenseForward : ITileKernel<LinesMatrix, LinesMatrix>
{
    [Kernel("dense", Schedule.Gpu)]
    public static void Kernel<TTile>(
        LinesMatrix input, LinesMatrix weight, TileOutput output, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, LinesMatrix, LinesMatrix>(input, weight, output, depth, depthOfPart);
}

/// <summary>dx = dy w.</summary>
internal readonly struct DenseBackwardInput : ITileKernel<LinesMatrix, DepthsMatrix>
{
    [Kernel("dense", Schedule.Gpu)]
    public static void Kernel<TTile>(
        LinesMatrix outputGradient, DepthsMatrix weight, TileOutput inputGradient, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, LinesMatrix, DepthsMatrix>(
            outputGradient, weight, inputGradient, depth, depthOfPart);
}

/// <summary>dw = dy^T x.</summary>
internal readonly struct DenseBackwardWeight : ITileKernel<DepthsMatrix, DepthsMatrix>
{
    [Kernel("dense", Schedule.Gpu)]
    public static void Kernel<TTile>(
        DepthsMatrix outputGradient, DepthsMatrix input, TileOutput weightGradient, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, DepthsMatrix, DepthsMatrix>(
            outputGradient, input, weightGradient, depth, depthOfPart);
}
