using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>The ReLU.</summary>
/// <param name="Name">The layer's name.</param>
public sealed record ReluLayer(string Name) : Layer(Name)
{
    internal override Stage CreateStage(StageContext context) => new ReluStage(context);
}

internal sealed class ReluStage(StageContext context) : ElementwiseStage(context)
{
    private readonly Relu relu = new(context.Device);
    private Tensor? output;

    public override bool KeepsOutput => true;

    public override Tensor Forward(Tensor input, Pass pass)
    {
        output = OutputFor(input);
        relu.Forward(input, output);
        return output;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        relu.Backward(output!, outputGradient, inputGradient!);
        return inputGradient;
    }
}
