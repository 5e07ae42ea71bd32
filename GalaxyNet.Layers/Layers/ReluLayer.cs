namespace GalaxyNet.Layers;

/// <summary>The ReLU: see <see cref="Relu"/> for the formula.</summary>
/// <param name="Name">The layer's name.</param>
public sealed record ReluLayer(string Name) : Layer(Name)
{
    internal override Stage CreateStage(StageContext context) =>
        new ActivationStage(new Relu(context.Device), context);

    internal override void AddTo(OnnxGraph graph) => graph.AddLayer("Relu", Name, []);
}
