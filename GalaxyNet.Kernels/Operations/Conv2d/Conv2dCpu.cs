namespace GalaxyNet.Kernels;

/// <summary>The CPU schedule of <see cref="Conv2d"/>: direct convolution on padded planes, in register tiles.</summary>
/// <remarks>
/// Forward, and with the filters turned round the input gradient too, are an <see cref="OuterProductTile"/>: six filters by a few
/// vectors of pixels, over all taps. The weight gradient is a <see cref="DotProductTile"/>: a few output channels by six taps,
/// over all pixels. Threads split the pictures going forward and back, and the weights for the weight gradient, so that none waits
/// for another and no sum depends on how many there are.
/// </remarks>
internal sealed class Conv2dCpu : IConv2dSchedule
{
    private readonly Conv2dGeometry geometry;
    private readonly ConvolutionPass forward;
    private readonly ConvolutionPass backwardInput;
    private readonly SimdKernel<WeightGradientWork> backwardWeight;
    private readonly SimdKernel<PadWork> pad;
    private readonly PaddedPlanes outputRows;
    private readonly Workspace<float> paddedOutputRows;

    public Conv2dCpu(Device device, Conv2dGeometry geometry)
    {
        this.geometry = geometry;
        int vectorLength = (int)device.VectorWidth / 32;
        var inputPlanes = PaddedPlanes.OfInput(geometry, vectorLength);
        var gradientPlanes = PaddedPlanes.OfOutputGradient(geometry, vectorLength);
        forward = new ConvolutionPass(
            device,
            inputPlanes,
            FilterOrder.Forward(geometry),
            inputPlanes.Taps(geometry.KernelHeight, geometry.KernelWidth),
            new PictureSize(geometry.OutChannels, geometry.OutHeight, geometry.OutWidth));
        backwardInput = new ConvolutionPass(
            device,
            gradientPlanes,
            FilterOrder.Turned(geometry),
            gradientPlanes.Taps(geometry.KernelHeight, geometry.KernelWidth),
            new PictureSize(geometry.InChannels, geometry.InHeight, geometry.InWidth));
        backwardWeight = new SimdKernel<WeightGradientWork>(device);
        pad = new SimdKernel<PadWork>(device);
        outputRows = PaddedPlanes.OfOutputRows(geometry, vectorLength);
        paddedOutputRows = new Workspace<float>(device);
    }

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output) =>
        forward.Run(input, weight, bias, output);

    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) =>
        backwardInput.Run(outputGradient, weight, bias: null, inputGradient);

    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        int images = input.Shape[0];
        var rows = outputGradient.Data;
        if (outputRows.Pitch != outputRows.Width)
        {
            rows = paddedOutputRows.AtLeast(images * outputRows.ImageSize);
            pad.Launch(new PadWork { Source = outputGradient.Data, Planes = rows, Layout = outputRows, Images = images });
        }
        backwardWeight.Launch(new WeightGradientWork
        {
            Planes = forward.Planes,
            PlanesLayout = forward.Layout,
            TapOffsets = forward.TapOffsets,
            OutputRows = rows,
            OutputLayout = outputRows,
            WeightGradient = weightGradient.Data,
            Images = images,
            Taps = geometry.WindowSize,
        });
    }

    public void Dispose()
    {
        forward.Dispose();
        backwardInput.Dispose();
        paddedOutputRows.Dispose();
    }
}
