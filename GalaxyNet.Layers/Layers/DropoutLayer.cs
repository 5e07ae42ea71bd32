namespace GalaxyNet.Layers;

/// <summary>Sets each element to zero with a probability while training, and scales up the others.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Probability">The probability to be dropped, in [0, 1).</param>
public sealed record DropoutLayer(string Name, float Probability) : Layer(Name)
{
    // Where nothing is ever dropped, the input is handed through, and needs no memory for what is left.
    internal override Stage CreateStage(StageContext context) => new DropoutStage(
        this, context.Memory.IsTrainable ? context : context with { MayOverwriteInput = true });

    internal override void AddTo(OnnxGraph graph)
    {
        // Nothing is dropped in evaluation.
    }
}

internal sealed class DropoutStage(DropoutLayer layer, StageContext context) : ElementwiseStage(context)
{
    private readonly Dropout dropout = new(context.Device, layer.Probability);
    private readonly ulong seed = context.Seed;
    private readonly DropoutStep step = context.DropoutStep!;

    // An evaluation hands the input through, so what may not overwrite the input may not overwrite the output either.
    public override bool KeepsOutput => !SharesInput;

    /// <summary>What an element that is not dropped is multiplied by.</summary>
    public float Scale => dropout.Scale;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        if (mode == Mode.Evaluation)
            return input;
        var output = OutputFor(input);
        dropout.Forward(input, output, seed, step);
        return output;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        dropout.Backward(outputGradient, inputGradient!, seed, step);
        return inputGradient;
    }

    /// <summary>Goes forward through a dense layer and its ReLU first.</summary>
    public void ForwardAfter(Dense dense, Tensor input, Tensor weight, Tensor bias, Tensor output, Mode mode)
    {
        if (mode == Mode.Evaluation)
            dense.ForwardRelu(input, weight, bias, output);
        else
            dense.ForwardReluDropout(input, weight, bias, output, dropout, seed, step);
    }

    /// <summary>Goes back through a ReLU too, given what dropout and the ReLU have made together.</summary>
    public void BackwardRelu(Tensor output, Tensor outputGradient, Tensor inputGradient) =>
        dropout.BackwardRelu(output, outputGradient, inputGradient);
}
