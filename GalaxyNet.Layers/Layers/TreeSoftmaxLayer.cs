namespace GalaxyNet.Layers;

/// <summary>A softmax over the answers to each question of a decision tree, multiplied down the tree.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Questions">The questions, in the order of their columns.</param>
public sealed record TreeSoftmaxLayer(string Name, IReadOnlyList<SoftmaxGroup> Questions) : Layer(Name)
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape inputShape)
    {
        int columns = TreeSoftmax.CountColumns(Questions);
        if (!inputShape.Equals([columns]))
            throw new ArgumentException($"the input must be a row of {columns} answers, not {inputShape}");
        return inputShape;
    }

    internal override Stage CreateStage(StageContext context) => new TreeSoftmaxStage(this, context);
}

internal sealed class TreeSoftmaxStage : Stage
{
    private readonly TreeSoftmax softmax;
    private Tensor? input;

    public TreeSoftmaxStage(TreeSoftmaxLayer layer, StageContext context)
    {
        softmax = Own(new TreeSoftmax(context.Device, layer.Questions));
        OutputShape = context.InputShape;
    }

    public override bool KeepsOutput => true;

    public override GradientMemory InputGradientMemory => GradientMemory.Any;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        softmax.Forward(input, rows);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        softmax.Backward(input!, OutputRows(outputGradient.Shape[0]), outputGradient, inputGradient!);
        return inputGradient;
    }
}
