using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>The logistic function.</summary>
/// <param name="Name">The layer's name.</param>
public sealed record SigmoidLayer(string Name) : Layer(Name)
{
    internal override Stage CreateStage(StageContext context) => new SigmoidStage(context);
}

internal sealed class SigmoidStage(StageContext context) : ElementwiseStage(context)
{
    private readonly Sigmoid sigmoid = new(context.Device);
    private Tensor? output;

    public override bool KeepsOutput => true;

    public override Tensor Forward(Tensor input, Pass pass)
    {
        output = OutputFor(input);
        sigmoid.Forward(input, output);
        return output;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        sigmoid.Backward(output!, outputGradient, inputGradient!);
        return inputGradient;
    }
}
