namespace GalaxyNet.Kernels;

/// <summary>The gradients of weight and bias by <see cref="IWinogradTile"/>.</summary>
internal sealed class WinogradWeightPass<TTile> : IWeightGradientPass
    where TTile : struct, IWinogradTile
{
    // More parts than these would take more memory, and more time to add up, than many threads save.
    private const int MostParts = 4;
    private const int LeastStepsOfPart = 2;

    private readonly Device device;
    private readonly Conv2dGeometry geometry;
    private readonly SplitFilters filters;

    // The right factor is the one that leaves fewer lanes of the register tiles empty.
    private readonly bool inputIsRight;
    private readonly SimdKernel<WinogradWeightGradientWork<TTile, ChannelPlanes, ChannelPlanes>> multiply;
    private readonly SimdKernel<WinogradWeightGradientWork<TTile, ShiftedPlanes, ChannelPlanes>> multiplySplit;
    private readonly SimdKernel<WinogradWeightGradientWork<TTile, ShiftedPlanes, PooledPlanes>> multiplyPooled;
    private readonly SimdKernel<WinogradWeightReductionWork<TTile>> reduce;
    private readonly Workspace<float> scratch;
    private readonly Workspace<float> sums;
    private readonly Workspace<float> biasSums;

    public WinogradWeightPass(Device device, Conv2dGeometry geometry)
    {
        this.device = device;
        this.geometry = geometry;
        filters = new SplitFilters(FilterOrder.Forward(geometry), geometry.KernelHeight, TTile.Taps);
        inputIsRight = filters.Blocks == 1
            && ProductSize(geometry.OutChannels, geometry.InChannels)
            <= ProductSize(geometry.InChannels, geometry.OutChannels);
        multiply = new(device);
        multiplySplit = new(device);
        multiplyPooled = new(device);
        reduce = new(device);
        scratch = new(device);
        sums = new(device);
        biasSums = new(device);
    }

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int images = input.Shape[0];
        var dy = new ChannelPlanes(outputGradient.Data, geometry.Output, Before: 0, IWinogradTile.Outputs);
        if (filters.Blocks > 1)
        {
            Run(multiplySplit, Shifted(input), dy, images, weightGradient, biasGradient);
            return;
        }
        var x = new ChannelPlanes(input.Data, geometry.Input, geometry.Padding, TTile.Points);
        var (left, right) = inputIsRight ? (dy, x) : (x, dy);
        Run(multiply, left, right, images, weightGradient, biasGradient);
    }

    /// <summary>The same behind a ReLU and pooling.</summary>
    public void RunPooled(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        var pooledSize = new ImageShape(
            outputGradient.Shape[1], outputGradient.Shape[2], outputGradient.Shape[3]);
        var dy = new PooledPlanes(outputGradient.Data, indices.View, pooledSize);
        Run(multiplyPooled, Shifted(input), dy, input.Shape[0], weightGradient, biasGradient);
    }

    public PassPlan PlanFor(int images)
    {
        var steps = StepsOf(images);
        string split = filters.Blocks > 1 ? ", split filters" : "";
        string name = $"F(4x4, {TTile.Taps}x{TTile.Taps}){split}, {(inputIsRight ? "dy^T x" : "x^T dy")}";
        return new PassPlan(name, steps.Count, steps.Bands, PartsOf(steps.Count));
    }

    public void Dispose()
    {
        scratch.Dispose();
        sums.Dispose();
        biasSums.Dispose();
    }

    private ShiftedPlanes Shifted(Tensor input) => new(
        input.Data, geometry.Input, geometry.Padding, filters.Blocks, TTile.Taps, TTile.Points);

    // The number of parts must not depend on the device's threads: each part is a sum of its own.
    private static int PartsOf(int steps) => Math.Clamp(steps / LeastStepsOfPart, 1, MostParts);

    private void Run<TLeft, TRight>(
        SimdKernel<WinogradWeightGradientWork<TTile, TLeft, TRight>> kernel,
        TLeft left,
        TRight right,
        int images,
        Tensor weightGradient,
        Tensor biasGradient)
        where TLeft : struct, IChannelSource
        where TRight : struct, IChannelSource
    {
        var steps = StepsOf(images);
        var work = new WinogradWeightGradientWork<TTile, TLeft, TRight>
        {
            Left = left,
            LeftPitch = Rounding.RoundUp(left.Channels, device.VectorLength),
            Right = right,
            RightPitch = RightPitch(right.Channels),
            ProductSize = ProductSize(left.Channels, right.Channels),
            BiasPitch = Rounding.RoundUp(geometry.OutChannels, device.VectorLength),
            Steps = steps,
            Parts = PartsOf(steps.Count),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        work.Sums = sums.AtLeast((long)work.Parts * TTile.Points * TTile.Points * work.ProductSize);
        work.BiasSums = biasSums.AtLeast((long)work.Parts * work.BiasPitch);
        kernel.Launch(work);
        reduce.Launch(new WinogradWeightReductionWork<TTile>
        {
            Sums = work.Sums,
            Copies = work.Parts,
            Size = work.ProductSize,
            Pitch = work.RightPitch,
            Rows = left.Channels,
            Columns = right.Channels,
            RowsAreFilters = inputIsRight ? 1 : 0,
            Filters = filters,
            WeightGradient = weightGradient.Data,
            BiasSums = work.BiasSums,
            BiasPitch = work.BiasPitch,
            BiasGradient = biasGradient.Data,
        });
    }

    // Floats of the sums at one point: the channels of both factors, filled up to whole register tiles.
    private int ProductSize(int leftChannels, int rightChannels) =>
        Rounding.RoundUp(leftChannels, OuterProductTile.Rows) * RightPitch(rightChannels);

    private int RightPitch(int channels) =>
        Rounding.RoundUp(channels, OuterProductTile.ColumnsFor(device.Registers));

    // 32 tiles, from as many images as it takes: with 64 and 96 channels their matrices take 0.3 MB, the sums 0.4 MB.
    private TileSteps StepsOf(int images)
    {
        var grid = TileGrid.Over(geometry.Output);
        return new TileSteps(images, grid, Math.Max(1, 32 / grid.Count), Math.Clamp(32 / grid.Columns, 1, grid.Rows));
    }
}
