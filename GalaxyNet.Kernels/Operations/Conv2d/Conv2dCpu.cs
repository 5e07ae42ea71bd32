namespace GalaxyNet.Kernels;

/// <summary>The CPU schedule of <see cref="Conv2d"/>. It has two algorithms, and takes the one that the shape asks for.</summary>
/// <remarks>
/// Direct, for every shape: padded planes in register tiles. Forward, and with the filters turned round the input gradient too, are an
/// <see cref="OuterProductTile"/>, six filters by a few vectors of pixels over all taps; the weight gradient is a
/// <see cref="DotProductTile"/>, a few output channels by six taps over all pixels.
///
/// Fast, for 5x5 and 3x3 filters at stride 1 with enough channels: <see cref="IWinogradTile"/>, which needs a sixth or a quarter of the
/// multiplications. Its relative error in float32 is about 3e-6, four times that of the direct method.
/// </remarks>
internal sealed class Conv2dCpu : IConv2dSchedule
{
    // With fewer channels the transforms cost more than the multiplications that they save.
    private const int ChannelsForWinograd = 16;

    private readonly IConvolutionPass forward;
    private readonly IConvolutionPass backwardInput;
    private readonly IWeightGradientPass backwardWeight;

    public Conv2dCpu(Device device, Conv2dGeometry geometry)
    {
        (forward, backwardInput, backwardWeight) = WinogradTaps(geometry) switch
        {
            5 => Winograd<WinogradTile5x5>(device, geometry),
            3 => Winograd<WinogradTile3x3>(device, geometry),
            _ => Direct(device, geometry),
        };
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output) =>
        forward.Run(input, weight, bias, output);

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) =>
        backwardInput.Run(outputGradient, weight, bias: null, inputGradient);

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient) =>
        backwardWeight.Run(input, outputGradient, weightGradient);

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        backwardWeight.Dispose();
    }

    // The filter's size, or 0 where the direct method is better or the only one.
    private static int WinogradTaps(Conv2dGeometry geometry)
    {
        bool isPossible = geometry.Stride == 1 && geometry.KernelHeight == geometry.KernelWidth
            && geometry.Padding < geometry.KernelHeight;
        bool pays = Math.Min(geometry.InChannels, geometry.OutChannels) >= ChannelsForWinograd;
        return isPossible && pays ? geometry.KernelHeight : 0;
    }

    private static (IConvolutionPass Forward, IConvolutionPass BackwardInput, IWeightGradientPass BackwardWeight)
        Winograd<TTile>(Device device, Conv2dGeometry geometry)
        where TTile : struct, IWinogradTile
    {
        var input = new PictureSize(geometry.InChannels, geometry.InHeight, geometry.InWidth);
        var output = new PictureSize(geometry.OutChannels, geometry.OutHeight, geometry.OutWidth);
        int beforeGradient = geometry.KernelHeight - 1 - geometry.Padding;
        return (
            new WinogradPass<TTile>(device, input, geometry.Padding, FilterOrder.Forward(geometry), output),
            new WinogradPass<TTile>(device, output, beforeGradient, FilterOrder.Turned(geometry), input),
            new WinogradWeightPass<TTile>(device, input, geometry.Padding, output));
    }

    private static (IConvolutionPass Forward, IConvolutionPass BackwardInput, IWeightGradientPass BackwardWeight)
        Direct(Device device, Conv2dGeometry geometry)
    {
        var inputPlanes = PaddedPlanes.OfInput(geometry, device.VectorLength);
        var gradientPlanes = PaddedPlanes.OfOutputGradient(geometry, device.VectorLength);
        var forward = new DirectPass(
            device,
            inputPlanes,
            FilterOrder.Forward(geometry),
            inputPlanes.Taps(geometry.KernelHeight, geometry.KernelWidth),
            new PictureSize(geometry.OutChannels, geometry.OutHeight, geometry.OutWidth));
        var backwardInput = new DirectPass(
            device,
            gradientPlanes,
            FilterOrder.Turned(geometry),
            gradientPlanes.Taps(geometry.KernelHeight, geometry.KernelWidth),
            new PictureSize(geometry.InChannels, geometry.InHeight, geometry.InWidth));
        return (forward, backwardInput, new DirectWeightPass(device, geometry, forward));
    }
}
