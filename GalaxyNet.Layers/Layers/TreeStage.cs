namespace GalaxyNet.Layers;

/// <summary>Runs an operation on the answers to a decision tree.</summary>
internal sealed class TreeStage : Stage
{
    private readonly Action<Tensor, Tensor> forward;
    private readonly Action<Tensor, Tensor, Tensor, Tensor> backward;
    private Tensor? input;

    /// <summary>Takes the operation over.</summary>
    /// <param name="context">Around it.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="forward">y from x.</param>
    /// <param name="backward">dx from x, y and dy.</param>
    public TreeStage(
        StageContext context,
        IDisposable operation,
        Action<Tensor, Tensor> forward,
        Action<Tensor, Tensor, Tensor, Tensor> backward)
    {
        Own(operation);
        this.forward = forward;
        this.backward = backward;
        OutputShape = context.InputShape;
    }

    public override bool KeepsOutput => true;

    public override GradientMemory InputGradientMemory => GradientMemory.Any;

    public override Tensor Forward(Tensor input, Mode mode)
    {
        this.input = input;
        var rows = OutputRows(input.Shape[0]);
        forward(input, rows);
        return rows;
    }

    public override Tensor? Backward(Tensor outputGradient, Tensor? inputGradient)
    {
        backward(input!, OutputRows(outputGradient.Shape[0]), outputGradient, inputGradient!);
        return inputGradient;
    }
}
