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

    internal override Stage CreateStage(StageContext context)
    {
        var pooling = new MaxPool2d(context.Device, Kernel);
        return new MaxPool2dStage(this, context, pooling.Forward, pooling.Backward);
    }

    internal override void AddTo(OnnxGraph graph) => graph.AddLayer(
        "MaxPool",
        Name,
        [],
        OnnxAttribute.Integers("kernel_shape", Kernel, Kernel),
        OnnxAttribute.Integers("strides", Kernel, Kernel));

    /// <summary>Makes a stage that also runs the <see cref="ReluLayer"/> before this layer.</summary>
    internal Stage CreateStageWithRelu(StageContext context)
    {
        var pooling = new ReluMaxPool2d(context.Device, Kernel);
        return new MaxPool2dStage(this, context, pooling.Forward, pooling.Backward);
    }
}

internal sealed class MaxPool2dStage : PoolingStage
{
    private readonly Action<Tensor, Tensor, DeviceBuffer<byte>> forward;
    private readonly Action<DeviceBuffer<byte>, Tensor, Tensor> backward;

    public MaxPool2dStage(
        MaxPool2dLayer layer,
        StageContext context,
        Action<Tensor, Tensor, DeviceBuffer<byte>> forward,
        Action<DeviceBuffer<byte>, Tensor, Tensor> backward)
    {
        this.forward = forward;
        this.backward = backward;
        OutputShape = layer.OutputShape(context.InputShape);
    }

    public override Tensor Forward(Tensor input, Mode mode)
    {
        var rows = OutputRows(input.Shape[0]);
        forward(input, rows, Indices!);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        backward(Indices!, outputGradient, inputGradient!);
        return inputGradient;
    }
}
