namespace GalaxyNet.Layers;

/// <summary>
/// The running form of one layer, or of a fused run of layers, on a device. The network gives it memory for the outputs
/// of its largest batch: see <see cref="Activations"/>. Smaller batches use the first rows.
/// </summary>
internal abstract class Stage : IDisposable
{
    private readonly List<IDisposable> resources = [];

    /// <summary>The shape of the output for one image; null where it lies in the input's memory.</summary>
    public Shape? OutputShape { get; protected init; }

    /// <summary>True where the output lies in the input's memory.</summary>
    public bool SharesInput => OutputShape is null;

    /// <summary>The memory of the outputs, where the stage has an <see cref="OutputShape"/>.</summary>
    public Tensor? Outputs { get; set; }

    /// <summary>True where the backward pass computes gradients of parameters: none if the layer is frozen.</summary>
    public virtual bool Trains => false;

    /// <summary>True where the backward pass reads the output, so that no later stage may overwrite it.</summary>
    public virtual bool KeepsOutput => false;

    /// <summary>The memory to which the backward pass may write the gradient of the input.</summary>
    public virtual GradientMemory InputGradientMemory => GradientMemory.Separate;

    /// <summary>
    /// Counts of training passes, which are saved with the weights; the network counts where the stage trains.
    /// </summary>
    public virtual IEnumerable<Counter> Counters => [];

    /// <summary>Computes the output, which stays valid until the next forward pass.</summary>
    public abstract Tensor Forward(Tensor input, Mode mode);

    /// <summary>Computes the gradients of the parameters and of the input of the last forward pass.</summary>
    /// <param name="outputGradient">The gradient of the loss with respect to the output.</param>
    /// <param name="inputGradient">
    /// Receives that with respect to the input. Null if nobody needs it, and if it is a view of
    /// <paramref name="outputGradient"/>.
    /// </param>
    /// <returns>The input's gradient, or null if nobody needs it.</returns>
    public abstract Tensor? Backward(Tensor outputGradient, Tensor? inputGradient);

    public void Dispose()
    {
        foreach (var resource in resources)
            resource.Dispose();
    }

    /// <summary>The memory of the output for so many images.</summary>
    protected Tensor OutputRows(int images) => Outputs!.FirstRows(images);

    /// <summary>Disposes <paramref name="resource"/> with the stage.</summary>
    protected T Own<T>(T resource)
        where T : IDisposable
    {
        resources.Add(resource);
        return resource;
    }
}

/// <summary>The memory to which a stage may write the gradient of its input.</summary>
internal enum GradientMemory
{
    /// <summary>Any but that of the gradient of its output.</summary>
    Separate,

    /// <summary>Any, also that of the gradient of its output.</summary>
    Any,

    /// <summary>That of the input itself, which nobody reads again.</summary>
    Input,

    /// <summary>None: the gradient of its input is that of its output under another shape.</summary>
    View,
}

/// <summary>The memory that all stages of a network share.</summary>
/// <param name="Device">Where the network runs.</param>
/// <param name="MaxBatch">The largest batch that activations need room for.</param>
/// <param name="Values">The parameters.</param>
/// <param name="Gradients">Their gradients; null in a network that only predicts.</param>
/// <param name="Statistics">The running statistics.</param>
/// <param name="Frozen">Both, of layers that are frozen.</param>
internal sealed record StageMemory(
    Device Device,
    int MaxBatch,
    ParameterBlock Values,
    ParameterBlock? Gradients,
    ParameterBlock Statistics,
    ParameterBlock Frozen)
{
    /// <summary>False if there is never a pass in training, nor one backward.</summary>
    public bool IsTrainable => Gradients is not null;

    /// <summary>Allocates the largest batch of tensors of a shape.</summary>
    public Tensor Allocate(Shape imageShape) => Device.Allocate(imageShape.Batch(MaxBatch));

    /// <summary>A parameter of a layer, with its gradient unless the layer is frozen.</summary>
    public Parameter Parameter(Layer layer, string name) => layer.IsFrozen
        ? new Parameter($"{layer.Name}.{name}", Frozen[$"{layer.Name}.{name}"], gradient: null)
        : new Parameter($"{layer.Name}.{name}", Values[$"{layer.Name}.{name}"], Gradients?[$"{layer.Name}.{name}"]);

    /// <summary>A running statistic of a layer.</summary>
    public Tensor Statistic(Layer layer, string name) =>
        (layer.IsFrozen ? Frozen : Statistics)[$"{layer.Name}.{name}"];
}

/// <summary>What a stage needs to know of the network around it.</summary>
/// <param name="Memory">The memory it shares with the others.</param>
/// <param name="InputShape">The shape of its input for one image.</param>
/// <param name="MayOverwriteInput">True where no earlier stage reads the input's memory again.</param>
/// <param name="NeedsInputGradient">False if no earlier stage trains: the backward pass ends here, or before.</param>
/// <param name="NetworkSeed">What the seeds of all layers are derived from.</param>
/// <param name="Index">The number of the stage's first layer in the network.</param>
internal sealed record StageContext(
    StageMemory Memory, Shape InputShape, bool MayOverwriteInput, bool NeedsInputGradient, ulong NetworkSeed, int Index)
{
    /// <summary>The moments of the input's channels, if the stage before computes them.</summary>
    public ChannelMoments? InputMoments { get; init; }

    /// <summary>Receives those of the output's channels, if the next stage wants them.</summary>
    public ChannelMoments? OutputMoments { get; init; }

    /// <summary>
    /// The factor with which the gradient passes the ReLU, and perhaps dropout, that made the input, if the stage
    /// before leaves that to this one: it goes there with the product.
    /// </summary>
    public float? InputReluScale { get; init; }

    /// <summary>True if the next stage takes the gradient back through this one's ReLU.</summary>
    public bool LeavesRelu { get; init; }

    /// <summary>The number of the training pass, if a layer of the network is one of dropout.</summary>
    public DropoutStep? DropoutStep { get; init; }

    /// <summary>A seed of the layer's own.</summary>
    public ulong Seed => SplitMix64.Derive(NetworkSeed, Index);

    /// <summary>Where the network runs.</summary>
    public Device Device => Memory.Device;
}
