namespace GalaxyNet.Kernels;

/// <summary>The CPU schedule of <see cref="Conv2d"/>. It has two algorithms, and takes the one that the shape asks for.</summary>
/// <remarks>
/// Direct, for every shape: padded planes in register tiles. Forward, and with the filters flipped the input gradient too, are an
/// <see cref="OuterProductTile"/>, six filters by a few vectors of pixels over all taps; the weight gradient is a
/// <see cref="DotProductTile"/>, a few output channels by six taps over all pixels.
///
/// Fast, at stride 1: <see cref="IWinogradTile"/>, which needs a sixth or a quarter of the multiplications. It takes 5x5 and 3x3 filters
/// where there are channels enough, and going forward also filters of 6x6 to 10x10, as blocks of 5x5. Those can pool their output in
/// registers, and take their weight gradient from the pooled gradient: <see cref="PooledWeightPass"/>.
/// Its relative error in float32 is about 3e-6, four times that of the direct method.
/// </remarks>
internal sealed class Conv2dCpu : IConv2dSchedule
{
    // With fewer channels the transforms cost more than the multiplications that they save.
    private const int ChannelsForWinograd = 16;
    private const int FiltersForSplitting = 32;

    private readonly IConvolutionPass forward;
    private readonly IConvolutionPass backwardInput;
    private readonly IWeightGradientPass backwardWeight;
    private readonly PooledWeightPass? pooledWeight;

    public Conv2dCpu(Device device, Conv2dGeometry geometry)
    {
        var method = Choose(geometry);
        (forward, backwardInput, backwardWeight) = method switch
        {
            Method.Fast5x5 => Winograd<WinogradTile5x5>(device, geometry),
            Method.Fast3x3 => Winograd<WinogradTile3x3>(device, geometry),
            Method.SplitForward => SplitForward(device, geometry),
            _ => Direct(device, geometry),
        };
        if (method == Method.SplitForward)
            pooledWeight = new PooledWeightPass(device, geometry);
    }

    private enum Method
    {
        Direct,
        Fast5x5,
        Fast3x3,
        SplitForward,
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output) =>
        forward.Run(input, weight, bias, output);

    public bool CanPool => pooledWeight is not null;

    public void ForwardReluMaxPool(
        Tensor input, Tensor weight, Tensor bias, Tensor output, DeviceBuffer<byte> indices) =>
        ((IPoolingPass)forward).RunPooled(input, weight, bias, output, indices);

    public void BackwardWeightPooled(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor biasGradient) =>
        pooledWeight!.Run(input, indices, outputGradient, weightGradient, biasGradient);

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) =>
        backwardInput.Run(outputGradient, weight, bias: null, inputGradient);

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient) =>
        backwardWeight.Run(input, outputGradient, weightGradient);

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardWeight.Dispose();
        pooledWeight?.Dispose();
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
            > 5 and <= 10 when geometry.OutChannels >= FiltersForSplitting => Method.SplitForward,
            _ => Method.Direct,
        };
    }

    private static (IConvolutionPass Forward, IConvolutionPass BackwardInput, IWeightGradientPass BackwardWeight)
        Winograd<TTile>(Device device, Conv2dGeometry geometry)
        where TTile : struct, IWinogradTile
    {
        var input = new ImageShape(geometry.InChannels, geometry.InHeight, geometry.InWidth);
        var output = new ImageShape(geometry.OutChannels, geometry.OutHeight, geometry.OutWidth);
        int beforeGradient = geometry.KernelHeight - 1 - geometry.Padding;
        return (
            new WinogradPass<TTile>(device, input, geometry.Padding, Split<TTile>(FilterOrder.Forward(geometry), geometry), output),
            new WinogradPass<TTile>(device, output, beforeGradient, Split<TTile>(FilterOrder.Turned(geometry), geometry), input),
            new WinogradWeightPass<TTile>(device, input, geometry.Padding, output));
    }

    private static SplitFilters Split<TTile>(FilterOrder order, Conv2dGeometry geometry)
        where TTile : struct, IWinogradTile => new(order, geometry.KernelHeight, TTile.Taps);

    // Going forward, a large filter is four small ones side by side; going back it is direct.
    private static (IConvolutionPass Forward, IConvolutionPass BackwardInput, IWeightGradientPass BackwardWeight)
        SplitForward(Device device, Conv2dGeometry geometry)
    {
        var input = new ImageShape(geometry.InChannels, geometry.InHeight, geometry.InWidth);
        var output = new ImageShape(geometry.OutChannels, geometry.OutHeight, geometry.OutWidth);
        var (backwardInput, backwardWeight) = DirectBackward(device, geometry);
        var forward = new WinogradPass<WinogradTile5x5>(
            device,
            input,
            geometry.Padding,
            Split<WinogradTile5x5>(FilterOrder.Forward(geometry), geometry),
            output);
        return (forward, backwardInput, backwardWeight);
    }

    private static (IConvolutionPass Forward, IConvolutionPass BackwardInput, IWeightGradientPass BackwardWeight)
        Direct(Device device, Conv2dGeometry geometry)
    {
        var forward = new DirectPass(
            device,
            PaddedPlanes.OfInput(geometry, device.VectorLength),
            FilterOrder.Forward(geometry),
            geometry,
            new ImageShape(geometry.OutChannels, geometry.OutHeight, geometry.OutWidth));
        var (backwardInput, backwardWeight) = DirectBackward(device, geometry);
        return (forward, backwardInput, backwardWeight);
    }

    private static (IConvolutionPass BackwardInput, IWeightGradientPass BackwardWeight) DirectBackward(
        Device device, Conv2dGeometry geometry)
    {
        var backwardInput = new DirectPass(
            device,
            PaddedPlanes.OfOutputGradient(geometry, device.VectorLength),
            FilterOrder.Turned(geometry),
            geometry,
            new ImageShape(geometry.InChannels, geometry.InHeight, geometry.InWidth));
        return (backwardInput, new DirectWeightPass(device, geometry));
    }
}
