namespace GalaxyNet.Layers;

/// <summary>A fully connected layer with a bias.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="OutFeatures">The length of an output row.</param>
public sealed record DenseLayer(string Name, int OutFeatures) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        if (inputShape.Rank != 1)
            throw new ArgumentException($"the input must be a row of features, not {inputShape}: flatten it first");
        return [OutFeatures];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDeclaration> Parameters(Shape inputShape) =>
        ParameterDeclaration.WeightAndBias(Name, [OutFeatures, inputShape[0]], inputShape[0]);

    internal override Stage CreateStage(StageContext context) => new DenseStage(this, context);

    internal override void AddTo(OnnxGraph graph) =>
        graph.AddLayer("Gemm", Name, [$"{Name}.weight", $"{Name}.bias"], OnnxAttribute.Integer("transB", 1));
}

internal sealed class DenseStage : Stage
{
    private readonly Dense dense;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly float? inputReluScale;
    private Tensor? input;

    public DenseStage(DenseLayer layer, StageContext context)
    {
        dense = Own(new Dense(context.Device, context.InputShape[0], layer.OutFeatures));
        weight = context.Memory.Parameter(layer, "weight");
        bias = context.Memory.Parameter(layer, "bias");
        inputReluScale = context.InputReluScale;
        OutputShape = [layer.OutFeatures];
        Trains = !layer.IsFrozen;
    }

    public override bool Trains { get; }

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        dense.Forward(input, weight.Value, bias.Value, rows);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        if (!Trains)
            dense.BackwardInput(outputGradient, weight.Value, inputGradient!);
        else if (inputGradient is null)
            dense.BackwardWeight(input!, outputGradient, weight.Gradient, bias.Gradient);
        else
            dense.Backward(
                input!,
                outputGradient,
                weight.Value,
                inputGradient,
                weight.Gradient,
                bias.Gradient,
                inputReluScale);
        return inputGradient;
    }
}
