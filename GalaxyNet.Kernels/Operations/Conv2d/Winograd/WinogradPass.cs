using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>A stride-1 convolution by <see cref="IWinogradTile"/>: a forward pass or an input gradient.</summary>
internal sealed class WinogradPass<TTile>(
    Device device, ImageShape sourceSize, int before, SplitFilters filters, ImageShape outputSize) : IPoolingPass
    where TTile : struct, IWinogradTile
{
    private readonly SimdKernel<WinogradFilterWork<TTile>> transformFilters = new(device);
    private readonly SimdKernel<WinogradConvolutionWork<TTile>> convolve = new(device);
    private readonly Workspace<float> transformedFilters = new(device);
    private readonly Workspace<float> scratch = new(device);

    public void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target) =>
        Run(source, weight, bias, target, ArrayView<byte>.Empty);

    public void RunPooled(Tensor source, Tensor weight, Tensor bias, Tensor target, DeviceBuffer<byte> indices) =>
        Run(source, weight, bias, target, indices.View);

    public void Dispose()
    {
        transformedFilters.Dispose();
        scratch.Dispose();
    }

    private void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target, ArrayView<byte> indices)
    {
        var steps = TilesOfConvolution(source.Shape[0]);
        var work = new WinogradConvolutionWork<TTile>
        {
            Source = source.Data,
            SourceSize = sourceSize,
            Before = before,
            Blocks = filters.Blocks,
            Filters = transformedFilters.AtLeast(WinogradFilterWork<TTile>.SizeOf(filters)),
            Bias = bias is null ? ArrayView<float>.Empty : bias.Data,
            Output = target.Data,
            Indices = indices,
            OutputSize = outputSize,
            Steps = steps,
            Parts = Math.Clamp(2 * device.Multiprocessors / steps.Count, 1, RowPanel.Count(outputSize.Channels)),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        transformFilters.Launch(new WinogradFilterWork<TTile>
        {
            Weight = weight.Data,
            Filters = work.Filters,
            Split = filters,
        });
        convolve.Launch(work);
    }

    // As many images as fill the columns of a register tile with their tiles, or rows of a large one that hold 64 tiles or more: with
    // 12 channels these make matrices of 0.2 MB, which stay in the second-level cache with their products of 0.4 MB.
    private TileSteps TilesOfConvolution(int images)
    {
        var grid = TileGrid.Over(outputSize);
        int columns = Rounding.RoundUp(grid.Count, device.VectorLength);
        int imagesAtOnce = Math.Max(1, OuterProductTile.ColumnsFor(device.VectorLength) / columns);
        return new TileSteps(images, grid, imagesAtOnce, Math.Min(grid.Rows, Rounding.CeilingDivide(64, grid.Columns)));
    }
}

/// <summary>The weight gradient by <see cref="IWinogradTile"/>.</summary>
internal sealed class WinogradWeightPass<TTile>(Device device, ImageShape inputSize, int before, ImageShape outputSize)
    : IWeightGradientPass
    where TTile : struct, IWinogradTile
{
    private readonly SimdKernel<WinogradWeightGradientWork<TTile>> multiply = new(device);
    private readonly SimdKernel<WinogradWeightReductionWork<TTile>> reduce = new(device);
    private readonly Workspace<float> scratch = new(device);
    private readonly Workspace<float> sums = new(device);

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        var steps = TilesOfGradient(input.Shape[0]);
        var work = new WinogradWeightGradientWork<TTile>
        {
            Input = input.Data,
            InputSize = inputSize,
            Before = before,
            OutputGradient = outputGradient.Data,
            OutputSize = outputSize,
            Steps = steps,
            Parts = PartsOf(steps.Count),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        int size = work.SizeOfProduct(device.VectorLength);
        work.Sums = sums.AtLeast((long)work.Parts * TTile.Points * TTile.Points * size);
        multiply.Launch(work);
        bool inputIsRight = work.InputIsRight(device.VectorLength);
        reduce.Launch(new WinogradWeightReductionWork<TTile>
        {
            Sums = work.Sums,
            Copies = work.Parts,
            Size = size,
            Pitch = work.Pitch(device.VectorLength),
            Rows = inputIsRight ? outputSize.Channels : inputSize.Channels,
            Columns = inputIsRight ? inputSize.Channels : outputSize.Channels,
            RowStride = inputIsRight ? inputSize.Channels : 1,
            ColumnStride = inputIsRight ? 1 : inputSize.Channels,
            WeightGradient = weightGradient.Data,
        });
    }

    public void Dispose()
    {
        scratch.Dispose();
        sums.Dispose();
    }

    // 32 tiles, from as many images as it takes: with 64 and 96 channels their matrices take 0.3 MB and the sums 0.4 MB.
    private TileSteps TilesOfGradient(int images)
    {
        var grid = TileGrid.Over(outputSize);
        return new TileSteps(images, grid, Math.Max(1, 32 / grid.Count), Math.Clamp(32 / grid.Columns, 1, grid.Rows));
    }

    // The batch is split only as far as it takes for the pairs of points to be shared out evenly.
    private int PartsOf(int steps)
    {
        int parts = 1;
        while (parts < steps && TTile.Pairs * parts % device.Multiprocessors != 0)
            parts++;
        return parts;
    }
}
