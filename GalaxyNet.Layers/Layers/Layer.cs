namespace GalaxyNet.Layers;

/// <summary>
/// The description of a layer: its name and sizes, on no device yet. A <see cref="Sequential"/> makes it run.
/// Shapes are those of one image, without the batch: <c>[channels, height, width]</c> or <c>[features]</c>.
/// </summary>
/// <remarks>
/// A program cannot derive a layer of its own: how a layer runs, and with which others it is fused, is internal. Losses
/// (<see cref="ILoss"/>) and optimizers (<see cref="Optimizer"/>) are what it can add. A network with other layers is
/// written with the operations of <c>GalaxyNet.Kernels</c>.
/// </remarks>
public abstract record Layer
{
    private protected Layer(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>A name that is unique in its network: parameters are called <c>Name.weight</c> and so on.</summary>
    public string Name { get; init; }

    /// <summary>
    /// True if training leaves the layer as it is: <c>layer with { IsFrozen = true }</c>. Its parameters then have no
    /// gradients, and a backward pass ends at the first layer that trains.
    /// </summary>
    /// <remarks>
    /// A frozen <see cref="BatchNorm2dLayer"/> normalizes by its running statistics in training too, and leaves them as
    /// they are, as in Keras; in PyTorch that takes <c>eval()</c> beside <c>requires_grad_(False)</c>. A
    /// <see cref="DropoutLayer"/> has nothing to freeze, and drops in training wherever it is.
    /// </remarks>
    public bool IsFrozen { get; init; }

    /// <summary>The kind of layer, as PyTorch calls it: <c>Conv2d</c>.</summary>
    public string Type => GetType().Name[..^nameof(Layer).Length];

    /// <summary>The shape of the output for one image.</summary>
    /// <exception cref="ArgumentException">The layer cannot take such an input.</exception>
    public virtual Shape OutputShape(Shape inputShape) => inputShape;

    /// <summary>The tensors that the layer trains, unless it is frozen.</summary>
    internal virtual IReadOnlyList<ParameterDeclaration> Parameters(Shape inputShape) => [];

    /// <summary>The tensors that the layer keeps up to date without training them.</summary>
    internal virtual IReadOnlyList<ParameterDeclaration> Statistics(Shape inputShape) => [];

    /// <summary>Those of <see cref="Parameters"/> that it trains.</summary>
    internal IReadOnlyList<ParameterDeclaration> TrainedParameters(Shape inputShape) =>
        IsFrozen ? [] : Parameters(inputShape);

    /// <summary>Those of <see cref="Statistics"/> that it keeps up to date.</summary>
    internal IReadOnlyList<ParameterDeclaration> MovingStatistics(Shape inputShape) =>
        IsFrozen ? [] : Statistics(inputShape);

    /// <summary>All tensors that it leaves as they are.</summary>
    internal IReadOnlyList<ParameterDeclaration> FrozenTensors(Shape inputShape) =>
        IsFrozen ? [.. Parameters(inputShape), .. Statistics(inputShape)] : [];

    /// <summary>Makes the part of a network that runs this layer.</summary>
    internal abstract Stage CreateStage(StageContext context);

    /// <summary>Adds the layer, as it is in evaluation, to a network in the format ONNX.</summary>
    internal abstract void AddTo(OnnxGraph graph);

    /// <exception cref="ArgumentException">The input is not <c>[channels, height, width]</c>.</exception>
    internal static void RequireImage(Shape inputShape)
    {
        if (inputShape.Rank != 3)
            throw new ArgumentException($"the input must be [channels, height, width], not {inputShape}");
    }
}
