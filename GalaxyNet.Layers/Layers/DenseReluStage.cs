namespace GalaxyNet.Layers;

/// <summary>
/// Runs a <see cref="DenseLayer"/> and the <see cref="ReluLayer"/> after it as one operation. A
/// <see cref="DropoutLayer"/> may lie between them: as it multiplies by nothing negative, it may just as well come
/// after the ReLU.
/// </summary>
internal sealed class DenseReluStage : Stage
{
    private readonly Dense dense;
    private readonly Relu relu;
    private readonly DropoutStage? dropout;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor? denseGradient;
    private readonly float? inputReluScale;
    private Tensor? input;

    public DenseReluStage(DenseLayer layer, DropoutLayer? dropoutLayer, StageContext context)
    {
        OutputShape = [layer.OutFeatures];
        dense = Own(new Dense(context.Device, context.InputShape[0], layer.OutFeatures));
        relu = new Relu(context.Device);
        if (dropoutLayer is not null)
            dropout = Own(new DropoutStage(
                dropoutLayer,
                context with { InputShape = OutputShape, MayOverwriteInput = true, Index = context.Index + 1 }));
        weight = context.Memory.Parameter(layer, "weight");
        bias = context.Memory.Parameter(layer, "bias");
        LeavesRelu = context.LeavesRelu;
        Trains = !layer.IsFrozen;
        if (context.Memory.IsTrainable && !LeavesRelu && (Trains || context.NeedsInputGradient))
            denseGradient = Own(context.Memory.Allocate(OutputShape));
        inputReluScale = context.InputReluScale;
    }

    public override bool Trains { get; }

    public override bool KeepsOutput => true;

    /// <summary>True if the next stage takes the gradient back through the ReLU.</summary>
    public bool LeavesRelu { get; }

    /// <summary>The factor with which a gradient passes the ReLU and dropout.</summary>
    public float ReluScale => dropout?.Scale ?? 1f;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        if (dropout is null)
            dense.ForwardRelu(input, weight.Value, bias.Value, rows);
        else
            dropout.ForwardAfter(dense, input, weight.Value, bias.Value, rows, mode);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        var gradient = BackwardRelu(outputGradient);
        if (!Trains)
            dense.BackwardInput(gradient, weight.Value, inputGradient!);
        else if (inputGradient is null)
            dense.BackwardWeight(input!, gradient, weight.Gradient, bias.Gradient);
        else
            dense.Backward(
                input!, gradient, weight.Value, inputGradient, weight.Gradient, bias.Gradient, inputReluScale);
        return inputGradient;
    }

    private Tensor BackwardRelu(Tensor outputGradient)
    {
        if (LeavesRelu)
            return outputGradient; // the next stage has been there
        int batch = outputGradient.Shape[0];
        var rows = OutputRows(batch);
        var gradient = denseGradient!.FirstRows(batch);
        if (dropout is null)
            relu.Backward(rows, outputGradient, gradient);
        else
            dropout.BackwardRelu(rows, outputGradient, gradient);
        return gradient;
    }
}
