using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>A stride-1 convolution by <see cref="IWinogradTile"/>: a forward pass or an input gradient.</summary>
internal sealed class WinogradPass<TTile>(
    Device device, PictureSize sourceSize, int before, SplitFilters filters, PictureSize outputSize) : IPoolingPass
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
        int images = source.Shape[0];
        int imagesAtOnce = WinogradBatch.ImagesAtOnce(device, outputSize);
        int bandRows = WinogradBatch.BandRows(outputSize);
        int items = TileGrid.CeilingDivide(images, imagesAtOnce) * TileGrid.CeilingDivide(TileGrid.Over(outputSize).Rows, bandRows);
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
            Images = images,
            ImagesAtOnce = imagesAtOnce,
            BandRows = bandRows,
            Parts = Math.Clamp(2 * device.Multiprocessors / items, 1, RowPanel.Count(outputSize.Channels)),
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
}

/// <summary>The weight gradient by <see cref="IWinogradTile"/>.</summary>
internal sealed class WinogradWeightPass<TTile>(Device device, PictureSize inputSize, int before, PictureSize outputSize)
    : IWeightGradientPass
    where TTile : struct, IWinogradTile
{
    private readonly SimdKernel<WinogradWeightGradientWork<TTile>> multiply = new(device);
    private readonly SimdKernel<WinogradWeightReductionWork<TTile>> reduce = new(device);
    private readonly Workspace<float> scratch = new(device);
    private readonly Workspace<float> sums = new(device);

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        int threads = device.Multiprocessors;
        var work = new WinogradWeightGradientWork<TTile>
        {
            Input = input.Data,
            InputSize = inputSize,
            Before = before,
            OutputGradient = outputGradient.Data,
            OutputSize = outputSize,
            Images = input.Shape[0],
            ImagesAtOnce = WinogradBatch.ImagesAtOnce(device, outputSize),
        };
        work.Scratch = scratch.AtLeast((long)threads * work.ScratchSize(device.VectorLength));
        work.Sums = sums.AtLeast((long)threads * work.SumsSize(device.VectorLength));
        multiply.Launch(work);
        reduce.Launch(new WinogradWeightReductionWork<TTile>
        {
            Sums = work.Sums,
            Copies = threads,
            InChannels = inputSize.Channels,
            OutChannels = outputSize.Channels,
            Pitch = work.Pitch(device.VectorLength),
            WeightGradient = weightGradient.Data,
        });
    }

    public void Dispose()
    {
        scratch.Dispose();
        sums.Dispose();
    }
}

/// <summary>How many pictures to take at once, or how much of a large one.</summary>
internal static class WinogradBatch
{
    // With 12 channels 64 tiles make matrices of 0.2 MB, which stay in the second-level cache with their products of 0.4 MB.
    private const int TilesOfBand = 64;

    /// <summary>Rows of tiles to take at once: all of a small picture, else as many as hold 64 tiles.</summary>
    public static int BandRows(PictureSize output)
    {
        var grid = TileGrid.Over(output);
        return Math.Min(grid.Rows, TileGrid.CeilingDivide(TilesOfBand, grid.Columns));
    }

    /// <summary>As many as fill the columns of a register tile with their tiles.</summary>
    public static int ImagesAtOnce(Device device, PictureSize output)
    {
        int columns = TileGrid.RoundUp(TileGrid.Over(output).Count, device.VectorLength);
        return Math.Max(1, OuterProductTile.ColumnsFor(device.VectorLength) / columns);
    }
}
