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
    private readonly TileLauncher<LinesMatrix, LinesMatrix> forward;
    private readonly TileLauncher<LinesMatrix, DepthsMatrix> backwardInput;
    private readonly TileLauncher<DepthsMatrix, DepthsMatrix> backwardWeight;

    public DenseGpu(Device device, int inFeatures, int outFeatures, TileChoice? tile)
    {
        this.inFeatures = inFeatures;
        this.outFeatures = outFeatures;
        forward = new(
            device,
            [
                ForwardKernel<Tile128x128>,
                ForwardKernel<Tile96x128>,
                ForwardKernel<Tile64x128>,
                ForwardKernel<Tile64x64>,
                ForwardKernel<Tile16x16>,
            ],
            tile);
        backwardInput = new(
            device,
            [
                BackwardInputKernel<Tile128x128>,
                BackwardInputKernel<Tile96x128>,
                BackwardInputKernel<Tile64x128>,
                BackwardInputKernel<Tile64x64>,
                BackwardInputKernel<Tile16x16>,
            ],
            tile);
        backwardWeight = new(
            device,
            [
                BackwardWeightKernel<Tile128x128>,
                BackwardWeightKernel<Tile96x128>,
                BackwardWeightKernel<Tile64x128>,
                BackwardWeightKernel<Tile64x64>,
                BackwardWeightKernel<Tile16x16>,
            ],
            tile);
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        int batch = input.Shape[0];
        forward.Run(
            new LinesMatrix(input.Data, batch, inFeatures),
            new LinesMatrix(weight.Data, outFeatures, inFeatures),
            TileOutput.Matrix(output.Data, batch, outFeatures).WithColumnBias(bias.Data),
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

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        int batch = input.Shape[0];
        backwardWeight.Run(
            new DepthsMatrix(outputGradient.Data, outFeatures, batch),
            new DepthsMatrix(input.Data, inFeatures, batch),
            TileOutput.Matrix(weightGradient.Data, outFeatures, inFeatures),
            batch);
    }

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardWeight.Dispose();
    }

    [Kernel("dense", Schedule.Gpu)]
    internal static void ForwardKernel<TTile>(
        LinesMatrix input, LinesMatrix weight, TileOutput output, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, LinesMatrix, LinesMatrix>(input, weight, output, depth, depthOfPart);

    [Kernel("dense", Schedule.Gpu)]
    internal static void BackwardInputKernel<TTile>(
        LinesMatrix outputGradient, DepthsMatrix weight, TileOutput inputGradient, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, LinesMatrix, DepthsMatrix>(outputGradient, weight, inputGradient, depth, depthOfPart);

    [Kernel("dense", Schedule.Gpu)]
    internal static void BackwardWeightKernel<TTile>(
        DepthsMatrix outputGradient, DepthsMatrix input, TileOutput weightGradient, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, DepthsMatrix, DepthsMatrix>(outputGradient, input, weightGradient, depth, depthOfPart);
}
