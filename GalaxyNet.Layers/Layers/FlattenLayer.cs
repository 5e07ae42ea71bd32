namespace GalaxyNet.Layers;

/// <summary>Turns each image into a row of features, channel by channel and row by row, without copying.</summary>
/// <param name="Name">The layer's name.</param>
public sealed record FlattenLayer(string Name) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape) => [inputShape.Count];

    internal override Stage CreateStage(StageContext context) => new FlattenStage();

    internal override void AddTo(OnnxGraph graph) => graph.AddLayer("Flatten", Name, []);
}

internal sealed class FlattenStage : Stage
{
    private Shape? inputShape;

    public override GradientMemory InputGradientMemory => GradientMemory.View;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        inputShape = input.Shape;
        return input.Reshape([input.Shape[0], input.Count / input.Shape[0]]);
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient) =>
        outputGradient.Reshape(inputShape!);
}
