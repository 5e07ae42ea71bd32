namespace GalaxyNet.Layers;

/// <summary>
/// The ReLU of each answer to a decision tree, as a share of its question's, multiplied down the tree.
/// </summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Questions">The questions, in the order of their columns.</param>
public sealed record TreeSharesLayer(string Name, IReadOnlyList<SoftmaxGroup> Questions) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        TreeSoftmaxLayer.RequireRow(Questions, inputShape);
        return inputShape;
    }

    internal override Stage CreateStage(StageContext context) =>
        new TreeStage(context, new TreeShares(context.Device, Questions));

    internal override void AddTo(OnnxGraph graph) => OnnxTree.AddShares(graph, Name, Questions);
}
