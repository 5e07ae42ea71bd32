namespace GalaxyNet.Kernels;

/// <summary>
/// The CPU schedule of <see cref="Conv2d"/>. It has two algorithms, and takes the one that the shape asks for.
/// </summary>
/// <remarks>
/// Direct, for every shape: padded planes in register tiles. Forward, and with flipped filters the input gradient too,
/// are an <see cref="OuterProductTile"/>, six filters by a few vectors of pixels over all taps; the weight gradient is
/// a <see cref="DotProductTile"/>, a few output channels by six taps over all pixels.
///
/// Fast, at stride 1: <see cref="IWinogradTile"/>, which needs a sixth or a quarter of the multiplications. It takes
/// 5x5 and 3x3 filters where there are channels enough, and for all but the input gradient also filters of 6x6 to
/// 10x10, as blocks of 5x5: <see cref="Conv2dReluMaxPool2dCpu"/> pools what those make while it is in registers. The
/// relative error in float32 is about 3e-6, four times that of the direct method.
/// </remarks>
internal sealed class Conv2dCpu : IConv2dSchedule
{
    // With fewer channels the transforms cost more than the multiplications that they save.
    private const int ChannelsForWinograd = 16;
    private const int FiltersForSplitting = 32;

    private readonly IConvolutionPass forward;
    private readonly IConvolutionPass backwardInput;
    private readonly IWeightGradientPass backwardWeight;

    public Conv2dCpu(Device device, Conv2dGeometry geometry)
    {
        var method = Choose(geometry);
        forward = method switch
        {
            Method.Fast3x3 => WinogradPass<WinogradTile3x3>.Forward(device, geometry),
            Method.Fast5x5 or Method.Split => WinogradPass<WinogradTile5x5>.Forward(device, geometry),
            _ => DirectPass.Forward(device, geometry),
        };
        backwardInput = method switch
        {
            Method.Fast3x3 => WinogradPass<WinogradTile3x3>.BackwardInput(device, geometry),
            Method.Fast5x5 => WinogradPass<WinogradTile5x5>.BackwardInput(device, geometry),
            _ => DirectPass.BackwardInput(device, geometry),
        };
        backwardWeight = method switch
        {
            Method.Fast3x3 => new WinogradWeightPass<WinogradTile3x3>(device, geometry),
            Method.Fast5x5 or Method.Split => new WinogradWeightPass<WinogradTile5x5>(device, geometry),
            _ => new DirectWeightPass(device, geometry),
        };
    }

    private enum Method
    {
        Direct,
        Fast5x5,
        Fast3x3,
        Split,
    }

    /// <summary>True where the filters are split into blocks of 5x5.</summary>
    public static bool SplitsFilters(Conv2dGeometry geometry) => Choose(geometry) == Method.Split;

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output) =>
        forward.Run(input, weight, bias, output);

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) =>
        backwardInput.Run(outputGradient, weight, bias: null, inputGradient);

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient) =>
        backwardWeight.Run(input, outputGradient, weightGradient, biasGradient);

    public Conv2dPlan PlanFor(int images) =>
        new(forward.PlanFor(images), backwardInput.PlanFor(images), backwardWeight.PlanFor(images));

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardWeight.Dispose();
    }

    private static Method Choose(Conv2dGeometry geometry)
    {
        int kernel = geometry.KernelHeight;
        if (geometry.Stride != 1 || geometry.KernelWidth != kernel || geometry.Padding >= kernel)
            return Method.Direct;
        bool hasChannels = Math.Min(geometry.InChannels, geometry.OutChannels) >= ChannelsForWinograd;
        return kernel switch
        {
            5 when hasChannels => Method.Fast5x5,
            3 when hasChannels => Method.Fast3x3,
            > 5 and <= 10 when geometry.OutChannels >= FiltersForSplitting => Method.Split,
            _ => Method.Direct,
        };
    }
}

/// <summary>A stride-1 convolution of a batch: a forward pass, or an input gradient.</summary>
internal interface IConvolutionPass : IDisposable
{
    void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target);

    PassPlan PlanFor(int images);
}

/// <summary>The gradients of weight and bias of a batch.</summary>
internal interface IWeightGradientPass : IDisposable
{
    void Run(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient);

    PassPlan PlanFor(int images);
}

/// <summary>How a pass reads the weight: which number belongs to row m, channel q and tap t of its filters.</summary>
/// <param name="Rows">Filters: output channels of the pass.</param>
/// <param name="Channels">Channels of a filter: input channels of the pass.</param>
/// <param name="Taps">Numbers in one channel of a filter.</param>
/// <param name="RowStride">From a filter to the next.</param>
/// <param name="ChannelStride">From a channel to the next.</param>
/// <param name="FirstTap">Where a channel's first tap is.</param>
/// <param name="TapStride">From a tap to the next: -1 reads the taps backward, as those of a flipped filter.</param>
internal readonly record struct FilterOrder(
    int Rows, int Channels, int Taps, int RowStride, int ChannelStride, int FirstTap, int TapStride)
{
    /// <summary>Forward: row o, channel c.</summary>
    public static FilterOrder Forward(Conv2dGeometry geometry)
    {
        int taps = geometry.KernelHeight * geometry.KernelWidth;
        return new(geometry.OutChannels, geometry.InChannels, taps, geometry.WindowSize, taps, 0, 1);
    }

    /// <summary>The input gradient: row c, channel o, every filter flipped.</summary>
    public static FilterOrder Flipped(Conv2dGeometry geometry)
    {
        int taps = geometry.KernelHeight * geometry.KernelWidth;
        return new(geometry.InChannels, geometry.OutChannels, taps, taps, geometry.WindowSize, taps - 1, -1);
    }

    /// <summary>Multiply-adds that make one output.</summary>
    public int Depth => Channels * Taps;

    /// <summary>Where the number is.</summary>
    public int IndexOf(int row, int channel, int tap) =>
        (row * RowStride) + (channel * ChannelStride) + FirstTap + (tap * TapStride);
}
