namespace GalaxyNet.Layers;

/// <summary>Moves a network's parameters against their gradients, all in one launch.</summary>
/// <remarks>
/// A program can derive an optimizer of its own: <see cref="Update"/> then changes the network's
/// <see cref="Sequential.Values"/> by its <see cref="Sequential.Gradients"/>, and <see cref="AllocateMoment"/> gives
/// memory for what is remembered from step to step.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    /// <summary>Takes the parameters of a network.</summary>
    /// <exception cref="ArgumentException">The network is not trainable.</exception>
    protected Optimizer(Sequential network, float learningRate)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.IsTrainable)
            throw new ArgumentException(
                "The network only predicts: it was built with trainable: false.", nameof(network));
        Network = network;
        LearningRate = learningRate;
    }

    /// <summary>The network whose parameters it moves.</summary>
    public Sequential Network { get; }

    /// <summary>The learning rate; it may be changed between steps.</summary>
    public float LearningRate { get; set; }

    /// <summary>True if its memory is gone.</summary>
    internal bool IsDisposed { get; private set; }

    /// <summary>What the optimizer remembers from step to step, by name: a resumed run needs it back.</summary>
    public abstract IReadOnlyList<StateEntry> State { get; }

    /// <summary>Updates all parameters from the gradients of the last backward pass.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its network has been disposed.</exception>
    public abstract void Update();

    /// <inheritdoc/>
    public void Dispose()
    {
        IsDisposed = true;
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the optimizer's memory.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>A block of zeros with a number for each parameter; the caller disposes it.</summary>
    protected ParameterBlock AllocateMoment() => new(Network.Device, Network.Values.Layout);
}
