namespace GalaxyNet.Layers;

/// <summary>
/// Runs a <see cref="BatchNorm2dLayer"/>, the <see cref="ReluLayer"/> and the <see cref="MaxPool2dLayer"/> after it as
/// one operation.
/// </summary>
internal sealed class BatchNormReluMaxPool2dStage : PoolingStage
{
    private readonly BatchNormReluMaxPool2d operation;
    private readonly BatchNormState state;
    private readonly ChannelMoments? moments;
    private readonly bool mayOverwriteInput;
    private Tensor? input;

    public BatchNormReluMaxPool2dStage(BatchNorm2dLayer norm, MaxPool2dLayer pool, StageContext context)
    {
        operation = Own(new BatchNormReluMaxPool2d(
            context.Device, context.InputShape[0], pool.Kernel, norm.Momentum, norm.Epsilon));
        state = new BatchNormState(norm, context.Memory);
        moments = context.InputMoments;
        mayOverwriteInput = context.MayOverwriteInput;
        OutputShape = pool.OutputShape(context.InputShape);
        Trains = !norm.IsFrozen;
    }

    public override bool Trains { get; }

    public override GradientMemory InputGradientMemory =>
        mayOverwriteInput ? GradientMemory.Input : GradientMemory.Separate;

    public override IEnumerable<Counter> Counters => [state.Batches];

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        if (mode == Mode.Training && Trains)
        {
            operation.ForwardTraining(
                input, state.Weight.Value, state.Bias.Value, state.Mean, state.Variance, rows, Indices!, moments);
        }
        else
        {
            operation.ForwardEvaluation(
                input, state.Weight.Value, state.Bias.Value, state.Mean, state.Variance, rows, Indices!);
        }
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        var (weight, bias) = (state.Weight, state.Bias);
        if (Trains)
            operation.Backward(
                input!, Indices!, outputGradient, weight.Value, inputGradient!, weight.Gradient, bias.Gradient);
        else
            operation.BackwardEvaluation(Indices!, outputGradient, weight.Value, state.Variance, inputGradient!);
        return inputGradient;
    }
}
