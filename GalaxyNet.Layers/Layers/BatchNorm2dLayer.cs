namespace GalaxyNet.Layers;

/// <summary>Batch normalization of each channel.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Momentum">The share of the newest batch in the running statistics.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public sealed record BatchNorm2dLayer(string Name, float Momentum = 0.1f, float Epsilon = 1e-5f) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        RequireImage(inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDeclaration> Parameters(Shape inputShape) =>
    [
        new($"{Name}.weight", [inputShape[0]], 1f, 0f),
        new($"{Name}.bias", [inputShape[0]], 0f, 0f),
    ];

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDeclaration> Statistics(Shape inputShape) =>
    [
        new($"{Name}.running_mean", [inputShape[0]], 0f, 0f),
        new($"{Name}.running_var", [inputShape[0]], 1f, 0f),
    ];

    internal override Stage CreateStage(StageContext context) => new BatchNorm2dStage(this, context);

    internal override void AddTo(OnnxGraph graph) => graph.AddLayer(
        "BatchNormalization",
        Name,
        [$"{Name}.weight", $"{Name}.bias", $"{Name}.running_mean", $"{Name}.running_var"],
        OnnxAttribute.Number("epsilon", Epsilon));
}

internal sealed class BatchNorm2dStage : Stage
{
    private readonly BatchNorm2d normalization;
    private readonly BatchNormState state;
    private readonly ChannelMoments? moments;
    private readonly Tensor? unusedInputGradient;
    private Tensor? input;

    public BatchNorm2dStage(BatchNorm2dLayer layer, StageContext context)
    {
        normalization = Own(new BatchNorm2d(context.Device, context.InputShape[0], layer.Momentum, layer.Epsilon));
        state = new BatchNormState(layer, context.Memory);
        moments = context.InputMoments;
        OutputShape = context.InputShape;
        Trains = !layer.IsFrozen;
        if (Trains && context.Memory.IsTrainable && !context.NeedsInputGradient) // the operation cannot skip it
            unusedInputGradient = Own(context.Memory.Allocate(context.InputShape));
    }

    public override bool Trains { get; }

    public override GradientMemory InputGradientMemory => GradientMemory.Any;

    public override IEnumerable<Counter> Counters => [state.Batches];

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        if (mode == Mode.Training && Trains)
        {
            normalization.ForwardTraining(
                input, state.Weight.Value, state.Bias.Value, state.Mean, state.Variance, rows, moments);
        }
        else
        {
            normalization.ForwardEvaluation(
                input, state.Weight.Value, state.Bias.Value, state.Mean, state.Variance, rows);
        }
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        if (!Trains)
        {
            normalization.BackwardEvaluation(outputGradient, state.Weight.Value, state.Variance, inputGradient!);
            return inputGradient;
        }
        var written = inputGradient ?? unusedInputGradient!.FirstRows(outputGradient.Shape[0]);
        normalization.Backward(
            input!, outputGradient, state.Weight.Value, written, state.Weight.Gradient, state.Bias.Gradient);
        return inputGradient;
    }
}

/// <summary>The parameters and running statistics of a batch normalization.</summary>
internal sealed class BatchNormState(BatchNorm2dLayer layer, StageMemory memory)
{
    public Parameter Weight { get; } = memory.Parameter(layer, "weight");

    public Parameter Bias { get; } = memory.Parameter(layer, "bias");

    public Tensor Mean { get; } = memory.Statistic(layer, "running_mean");

    public Tensor Variance { get; } = memory.Statistic(layer, "running_var");

    public Counter Batches { get; } = new($"{layer.Name}.num_batches_tracked");
}
