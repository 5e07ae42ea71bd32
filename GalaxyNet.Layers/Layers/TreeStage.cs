namespace GalaxyNet.Layers;

/// <summary>Runs an operation on the answers to a decision tree.</summary>
internal sealed class TreeStage : Stage
{
    private readonly TreeOperation operation;
    private Tensor? input;

    /// <summary>Takes the operation over.</summary>
    /// <param name="context">Around it.</param>
    /// <param name="operation">The operation.</param>
    public TreeStage(StageContext context, TreeOperation operation)
    {
        this.operation = Own(operation);
        OutputShape = context.InputShape;
    }

    public override bool KeepsOutput => true;

    public override GradientMemory InputGradientMemory => GradientMemory.Any;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        operation.Forward(input, rows);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        operation.Backward(input!, OutputRows(outputGradient.Shape[0]), outputGradient, inputGradient!);
        return inputGradient;
    }
}
