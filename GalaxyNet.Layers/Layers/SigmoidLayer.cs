namespace GalaxyNet.Layers;

/// <summary>The logistic function: see <see cref="Sigmoid"/> for the formula.</summary>
/// <param name="Name">The layer's name.</param>
public sealed record SigmoidLayer(string Name) : Layer(Name)
{
    internal override Stage CreateStage(StageContext context) =>
        new ActivationStage(new Sigmoid(context.Device), context);

    internal override void AddTo(OnnxGraph graph) => graph.AddLayer("Sigmoid", Name, []);
}
