namespace GalaxyNet.Layers;

/// <summary>Moves a network's parameters against their gradients, all in one launch.</summary>
public abstract class Optimizer(Sequential network, float learningRate) : IDisposable
{
    /// <summary>The network whose parameters it moves.</summary>
    public Sequential Network { get; } = network;

    /// <summary>The length of a step; it may be changed between steps.</summary>
    public float LearningRate { get; set; } = learningRate;

    /// <summary>What the optimiser remembers from step to step, by name: a run that is taken up again needs it back.</summary>
    public abstract IReadOnlyList<StateEntry> State { get; }

    /// <summary>Updates all parameters from the gradients of the last backward pass.</summary>
    /// <exception cref="ObjectDisposedException">The optimiser or its network has been disposed.</exception>
    public abstract void Update();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the optimiser's memory.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>A block of zeros with a number for each parameter.</summary>
    protected ParameterBlock AllocateMoment() => new(Network.Device, Network.Values.Layout);
}
