namespace GalaxyNet.Kernels;

/// <summary>The three sums of <see cref="Conv2d"/> as matrix products by <see cref="TileProduct"/>.</summary>
/// <remarks>
/// An implicit GEMM: the matrix of windows exists only slice by slice, in shared memory.
/// <code>
///                  rows         columns                   depth                        left     right
/// Forward          outChannels  windows of x, all images  taps of all input channels   w        windows of x
/// BackwardInput    inChannels   pixels of x, all images   taps of all output channels  w        windows of dy
/// BackwardWeight   outChannels  taps of all in channels   windows of x, all images     dy       windows of x
/// </code>
/// The input's gradient is a convolution of dy with flipped filters, where dy's pixels lie a stride apart:
/// <c>dx[h, v] = sum over k, l of w[k, l] dy[(h + p - k) / s, (v + p - l) / s]</c> over the taps that divide.
/// </remarks>
internal sealed class Conv2dGpu : IConv2dSchedule
{
    private readonly Conv2dGeometry geometry;
    private readonly TileLauncher<Conv2dForward, LinesMatrix, Windows<Images>> forward;
    private readonly TileLauncher<Conv2dBackwardInput, FiltersByInput, Windows<Images>> backwardInput;
    private readonly TileLauncher<Conv2dBackwardStridedInput, FiltersByInput, Windows<SpreadImages>>
        backwardStridedInput;
    private readonly TileLauncher<Conv2dBackwardWeight, PixelsByChannel, WindowsByTap> backwardWeight;
    private readonly ChannelSum channelSum;
    private readonly DeviceBuffer<Tap> inputTaps;
    private readonly DeviceBuffer<Tap> outputTaps;
    private readonly DeviceBuffer<Tap> windows;

    public Conv2dGpu(Device device, Conv2dGeometry geometry, TileChoice? tile)
    {
        this.geometry = geometry;
        forward = new(device, tile);
        backwardInput = new(device, tile);
        backwardStridedInput = new(device, tile);
        backwardWeight = new(device, tile);
        channelSum = new ChannelSum(device);
        inputTaps = Upload(device, Conv2dTaps.OfInput(geometry));
        outputTaps = Upload(device, Conv2dTaps.OfOutput(geometry));
        windows = Upload(device, Conv2dTaps.Windows(geometry));
    }

    private int Pixels => geometry.OutHeight * geometry.OutWidth;

    private int InputPixels => geometry.InHeight * geometry.InWidth;

    private int FilterSize => geometry.KernelHeight * geometry.KernelWidth;

    // Depths that an image takes in the weight gradient's sum.
    private int PaddedPixels => Rounding.RoundUp(Pixels, TileProduct.Depth);

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        int batch = output.Shape[0];
        forward.Run(
            new LinesMatrix(weight.Data, geometry.OutChannels, geometry.WindowSize),
            new Windows<Images>(
                new Images(input.Data, geometry.InHeight, geometry.InWidth),
                geometry.InputShape(1).Count,
                inputTaps.View,
                geometry.OutHeight,
                geometry.OutWidth,
                lines: batch * Pixels,
                geometry.Stride,
                origin: -geometry.Padding),
            TileOutput.Images(output.Data, batch, geometry.OutChannels, Pixels).WithRowBias(bias.Data),
            geometry.WindowSize);
    }

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        var images = new Images(outputGradient.Data, geometry.OutHeight, geometry.OutWidth);
        if (geometry.Stride == 1)
            BackwardInput(backwardInput, images, weight, inputGradient);
        else
            BackwardInput(backwardStridedInput, new SpreadImages(images, geometry.Stride), weight, inputGradient);
    }

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int batch = input.Shape[0];
        backwardWeight.Run(
            new PixelsByChannel(outputGradient.Data, geometry.OutChannels, Pixels, PaddedPixels, batch),
            new WindowsByTap(
                new Images(input.Data, geometry.InHeight, geometry.InWidth),
                geometry.InputShape(1).Count,
                inputTaps.View,
                geometry.WindowSize,
                windows.View,
                PaddedPixels,
                batch),
            TileOutput.Matrix(weightGradient.Data, geometry.OutChannels, geometry.WindowSize),
            batch * PaddedPixels);
        channelSum.Sum(outputGradient, biasGradient);
    }

    public Conv2dPlan PlanFor(int images)
    {
        var output = new ProductSize(geometry.OutChannels, images * Pixels, geometry.WindowSize);
        var input = new ProductSize(geometry.InChannels, images * InputPixels, geometry.OutChannels * FilterSize);
        var weight = new ProductSize(geometry.OutChannels, geometry.WindowSize, images * PaddedPixels);
        return new Conv2dPlan(
            Plan("product", forward.PlanFor(output)),
            geometry.Stride == 1
                ? Plan("product", backwardInput.PlanFor(input))
                : Plan("strided", backwardStridedInput.PlanFor(input)),
            Plan("product", backwardWeight.PlanFor(weight)));

        static PassPlan Plan(string product, TilePlan plan) =>
            new($"{product} {plan.Tile.Name}", Steps: 1, Bands: 1, plan.Parts);
    }

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardStridedInput.Dispose();
        backwardWeight.Dispose();
        channelSum.Dispose();
        inputTaps.Dispose();
        outputTaps.Dispose();
        windows.Dispose();
    }

    private void BackwardInput<TKernel, TImages>(
        TileLauncher<TKernel, FiltersByInput, Windows<TImages>> launcher,
        TImages images,
        Tensor weight,
        Tensor inputGradient)
        where TKernel : struct, ITileKernel<FiltersByInput, Windows<TImages>>
        where TImages : struct, IImages
    {
        int batch = inputGradient.Shape[0];
        launcher.Run(
            new FiltersByInput(weight.Data, outputTaps.View, geometry.InChannels, FilterSize),
            new Windows<TImages>(
                images,
                geometry.OutputShape(1).Count,
                outputTaps.View,
                geometry.InHeight,
                geometry.InWidth,
                lines: batch * InputPixels,
                stride: 1,
                origin: geometry.Padding),
            TileOutput.Images(inputGradient.Data, batch, geometry.InChannels, InputPixels),
            geometry.OutChannels * FilterSize);
    }

    private static DeviceBuffer<Tap> Upload(Device device, Tap[] taps)
    {
        var buffer = device.AllocateBuffer<Tap>(taps.Length);
        buffer.CopyFrom(taps);
        return buffer;
    }
}

/// <summary>The output: filters times windows of the input.</summary>
internal readonly struct Conv2dForward : ITileKernel<LinesMatrix, Windows<Images>>
{
    [Kernel("conv2d", Schedule.Gpu)]
    public static void Kernel<TTile>(
        LinesMatrix weight, Windows<Images> input, TileOutput output, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, LinesMatrix, Windows<Images>>(weight, input, output, depth, depthOfPart);
}

/// <summary>The input's gradient at stride 1: filters times windows of the output's gradient.</summary>
internal readonly struct Conv2dBackwardInput : ITileKernel<FiltersByInput, Windows<Images>>
{
    [Kernel("conv2d", Schedule.Gpu)]
    public static void Kernel<TTile>(
        FiltersByInput weight, Windows<Images> outputGradient, TileOutput inputGradient, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, FiltersByInput, Windows<Images>>(
            weight, outputGradient, inputGradient, depth, depthOfPart);
}

/// <summary>The input's gradient at any other stride, where finding a pixel takes divisions.</summary>
internal readonly struct Conv2dBackwardStridedInput : ITileKernel<FiltersByInput, Windows<SpreadImages>>
{
    [Kernel("conv2d", Schedule.Gpu)]
    public static void Kernel<TTile>(
        FiltersByInput weight,
        Windows<SpreadImages> outputGradient,
        TileOutput inputGradient,
        int depth,
        int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, FiltersByInput, Windows<SpreadImages>>(
            weight, outputGradient, inputGradient, depth, depthOfPart);
}

/// <summary>The filters' gradient: the output's gradient times windows of the input.</summary>
internal readonly struct Conv2dBackwardWeight : ITileKernel<PixelsByChannel, WindowsByTap>
{
    [Kernel("conv2d", Schedule.Gpu)]
    public static void Kernel<TTile>(
        PixelsByChannel outputGradient, WindowsByTap input, TileOutput weightGradient, int depth, int depthOfPart)
        where TTile : struct, ITile =>
        TileProduct.Compute<TTile, PixelsByChannel, WindowsByTap>(
            outputGradient, input, weightGradient, depth, depthOfPart);
}
