namespace GalaxyNet.Kernels;

/// <summary>The direct <see cref="IWeightGradientPass"/>. It reads the planes that the forward pass has padded.</summary>
internal sealed class DirectWeightPass(Device device, Conv2dGeometry geometry, DirectPass forward) : IWeightGradientPass
{
    private readonly SimdKernel<WeightGradientWork> multiply = new(device);
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly PaddedPlanes outputRows = PaddedPlanes.OfOutputRows(geometry, device.VectorLength);
    private readonly Workspace<float> paddedOutputRows = new(device);

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        int images = input.Shape[0];
        var rows = outputGradient.Data;
        if (outputRows.Pitch != outputRows.Width)
        {
            rows = paddedOutputRows.AtLeast((long)images * outputRows.ImageSize);
            pad.Launch(new PadWork { Source = outputGradient.Data, Planes = rows, Layout = outputRows, Images = images });
        }
        multiply.Launch(new WeightGradientWork
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

    public void Dispose() => paddedOutputRows.Dispose();
}
