namespace GalaxyNet.Layers;

/// <summary>Runs an activation function.</summary>
internal sealed class ActivationStage(Activation activation, StageContext context) : ElementwiseStage(context)
{
    private Tensor? output;

    public override bool KeepsOutput => true;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        output = OutputFor(input);
        activation.Forward(input, output);
        return output;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        activation.Backward(output!, outputGradient, inputGradient!);
        return inputGradient;
    }
}
