using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>The direct <see cref="IWeightGradientPass"/>, on padded planes of its own.</summary>
internal sealed class DirectWeightPass(Device device, Conv2dGeometry geometry) : IWeightGradientPass
{
    private readonly SimdKernel<WeightGradientWork> multiply = new(device);
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly PaddedPlanes inputPlanes = PaddedPlanes.OfInput(geometry, device.VectorLength);
    private readonly PaddedPlanes outputRows = PaddedPlanes.OfOutputRows(geometry, device.VectorLength);
    private readonly Workspace<float> paddedInput = new(device);
    private readonly Workspace<float> paddedOutputRows = new(device);
    private readonly DeviceBuffer<int> tapOffsets = device.AllocateBuffer<int>(
        PaddedPlanes.OfInput(geometry, device.VectorLength).Taps(geometry.KernelHeight, geometry.KernelWidth));

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        int images = input.Shape[0];
        var rows = outputGradient.Data;
        if (outputRows.Pitch != outputRows.Width)
            rows = Pad(outputGradient, outputRows, paddedOutputRows);
        multiply.Launch(new WeightGradientWork
        {
            Planes = Pad(input, inputPlanes, paddedInput),
            PlanesLayout = inputPlanes,
            TapOffsets = tapOffsets.View,
            OutputRows = rows,
            OutputLayout = outputRows,
            WeightGradient = weightGradient.Data,
            Images = images,
            Taps = geometry.WindowSize,
        });
    }

    public void Dispose()
    {
        paddedInput.Dispose();
        paddedOutputRows.Dispose();
        tapOffsets.Dispose();
    }

    private ArrayView<float> Pad(Tensor pictures, PaddedPlanes layout, Workspace<float> workspace)
    {
        int images = pictures.Shape[0];
        var planes = workspace.AtLeast((long)images * layout.ImageSize);
        pad.Launch(new PadWork { Source = pictures.Data, Planes = planes, Layout = layout, Images = images });
        return planes;
    }
}
