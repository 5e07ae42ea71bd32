namespace GalaxyNet.Layers;

/// <summary>
/// Runs a <see cref="Conv2dLayer"/>, the <see cref="ReluLayer"/> and the <see cref="MaxPool2dLayer"/> after it as one
/// operation.
/// </summary>
internal sealed class Conv2dReluMaxPool2dStage : PoolingStage
{
    private readonly Conv2dReluMaxPool2d operation;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private Tensor? input;

    public Conv2dReluMaxPool2dStage(Conv2dLayer layer, MaxPool2dLayer pool, StageContext context)
    {
        operation = Own(new Conv2dReluMaxPool2d(context.Device, layer.Geometry(context.InputShape), pool.Kernel));
        weight = context.Memory.Parameter(layer, "weight");
        bias = context.Memory.Parameter(layer, "bias");
        OutputShape = pool.OutputShape(layer.OutputShape(context.InputShape));
        Trains = !layer.IsFrozen;
    }

    public override bool Trains { get; }

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        operation.Forward(input, weight.Value, bias.Value, rows, Indices!);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        if (Trains)
            operation.Backward(
                input!, Indices!, outputGradient, weight.Value, inputGradient, weight.Gradient, bias.Gradient);
        else
            operation.BackwardInput(Indices!, outputGradient, weight.Value, inputGradient!);
        return inputGradient;
    }
}
