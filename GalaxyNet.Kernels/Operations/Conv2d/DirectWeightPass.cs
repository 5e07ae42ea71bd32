using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>The direct <see cref="IWeightGradientPass"/>, on padded planes of its own.</summary>
internal sealed class DirectWeightPass : IWeightGradientPass
{
    private readonly Conv2dGeometry geometry;
    private readonly SimdKernel<WeightGradientWork> multiply;
    private readonly SimdKernel<PadWork> pad;
    private readonly PaddedPlanes inputPlanes;
    private readonly PaddedPlanes outputRows;
    private readonly Workspace<float> paddedInput;
    private readonly Workspace<float> paddedOutputRows;
    private readonly DeviceBuffer<int> tapOffsets;

    public DirectWeightPass(Device device, Conv2dGeometry geometry)
    {
        this.geometry = geometry;
        multiply = new SimdKernel<WeightGradientWork>(device);
        pad = new SimdKernel<PadWork>(device);
        inputPlanes = PaddedPlanes.OfInput(geometry, device.VectorLength);
        outputRows = PaddedPlanes.OfOutputRows(geometry, device.VectorLength);
        paddedInput = new Workspace<float>(device);
        paddedOutputRows = new Workspace<float>(device);
        tapOffsets = device.AllocateBuffer<int>(inputPlanes.Taps(geometry.KernelHeight, geometry.KernelWidth));
    }

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

    private ArrayView<float> Pad(Tensor source, PaddedPlanes layout, Workspace<float> workspace)
    {
        int images = source.Shape[0];
        var planes = workspace.AtLeast((long)images * layout.ImageSize);
        pad.Launch(new PadWork { Source = source.Data, Planes = planes, Layout = layout, Images = images });
        return planes;
    }
}
