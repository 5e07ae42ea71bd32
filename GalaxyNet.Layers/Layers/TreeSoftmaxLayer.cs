namespace GalaxyNet.Layers;

/// <summary>A softmax over the answers to each question of a decision tree, multiplied down the tree.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Questions">The questions, in the order of their columns.</param>
public sealed record TreeSoftmaxLayer(string Name, IReadOnlyList<SoftmaxGroup> Questions) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        RequireRow(Questions, inputShape);
        return inputShape;
    }

    internal override Stage CreateStage(StageContext context) =>
        new TreeStage(context, new TreeSoftmax(context.Device, Questions));

    internal override void AddTo(OnnxGraph graph) => OnnxTree.AddSoftmax(graph, Name, Questions);

    /// <exception cref="ArgumentException">The input is not a number for each answer.</exception>
    internal static void RequireRow(IReadOnlyList<SoftmaxGroup> questions, Shape inputShape)
    {
        int columns = TreeSoftmax.CountColumns(questions);
        if (!inputShape.Equals([columns]))
            throw new ArgumentException($"the input must be a row of {columns} answers, not {inputShape}");
    }
}
