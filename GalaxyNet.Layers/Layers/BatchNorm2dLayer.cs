using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>Batch normalisation of each channel.</summary>
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
    public override IReadOnlyList<ParameterDeclaration> Parameters(Shape inputShape) =>
    [
        new($"{Name}.weight", [inputShape[0]], 1f, 0f),
        new($"{Name}.bias", [inputShape[0]], 0f, 0f),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDeclaration> Statistics(Shape inputShape) =>
    [
        new($"{Name}.running_mean", [inputShape[0]], 0f, 0f),
        new($"{Name}.running_var", [inputShape[0]], 1f, 0f),
    ];

    internal override Stage CreateStage(StageContext context) => new BatchNorm2dStage(this, context);
}

internal sealed class BatchNorm2dStage : Stage
{
    private readonly BatchNorm2d normalisation;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;
    private readonly Counter batches;
    private readonly Tensor output;
    private readonly Tensor? unusedInputGradient;
    private Tensor? input;

    public BatchNorm2dStage(BatchNorm2dLayer layer, StageContext context)
    {
        normalisation = Own(new BatchNorm2d(context.Device, context.InputShape[0], layer.Momentum, layer.Epsilon));
        weight = context.Memory.Parameter($"{layer.Name}.weight");
        bias = context.Memory.Parameter($"{layer.Name}.bias");
        runningMean = context.Memory.Statistics[$"{layer.Name}.running_mean"];
        runningVariance = context.Memory.Statistics[$"{layer.Name}.running_var"];
        batches = new Counter($"{layer.Name}.num_batches_tracked");
        output = Own(context.Memory.Allocate(context.InputShape));
        if (!context.NeedsInputGradient)
            unusedInputGradient = Own(context.Memory.Allocate(context.InputShape)); // the operation has no way to skip it
    }

    public override bool HasParameters => true;

    public override GradientPlace InputGradientPlace => GradientPlace.Anywhere;

    public override IEnumerable<Counter> Counters => [batches];

    public override Tensor Forward(Tensor input, Pass pass)
    {
        this.input = input;
        var rows = output.FirstRows(input.Shape[0]);
        if (pass.Mode == Mode.Training)
        {
            normalisation.ForwardTraining(input, weight.Value, bias.Value, runningMean, runningVariance, rows);
            batches.Value++;
        }
        else
        {
            normalisation.ForwardEvaluation(input, weight.Value, bias.Value, runningMean, runningVariance, rows);
        }
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        var place = inputGradient ?? unusedInputGradient!.FirstRows(outputGradient.Shape[0]);
        normalisation.Backward(input!, outputGradient, weight.Value, place, weight.Gradient, bias.Gradient);
        return inputGradient;
    }
}
