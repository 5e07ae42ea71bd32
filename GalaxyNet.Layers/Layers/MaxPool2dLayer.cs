using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>The maximum of each square window; the windows do not overlap.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kernel">Rows and columns of a window, and the distance from one to the next.</param>
public sealed record MaxPool2dLayer(string Name, int Kernel) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        RequireImage(inputShape);
        ArgumentOutOfRangeException.ThrowIfLessThan(Kernel, 1);
        return [inputShape[0], inputShape[1] / Kernel, inputShape[2] / Kernel];
    }

    internal override Stage CreateStage(StageContext context) => new MaxPool2dStage(this, context);
}

internal sealed class MaxPool2dStage : Stage
{
    private readonly MaxPool2d pooling;
    private readonly Tensor output;
    private readonly DeviceBuffer<byte> indices;

    public MaxPool2dStage(MaxPool2dLayer layer, StageContext context)
    {
        pooling = new MaxPool2d(context.Device, layer.Kernel);
        output = Own(context.Memory.Allocate(layer.OutputShape(context.InputShape)));
        indices = Own(context.Device.AllocateBuffer<byte>(output.Count));
    }

    public override Tensor Forward(Tensor input, Pass pass)
    {
        var rows = output.FirstRows(input.Shape[0]);
        pooling.Forward(input, rows, indices);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        pooling.Backward(indices, outputGradient, inputGradient!);
        return inputGradient;
    }
}
