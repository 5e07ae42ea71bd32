namespace GalaxyNet.Layers;

/// <summary>Stochastic gradient descent with momentum: see <see cref="SgdMomentum"/> for the formula.</summary>
public sealed class SgdOptimizer : Optimizer
{
    private readonly SgdMomentum descent;
    private readonly ParameterBlock velocity;

    /// <summary>Starts with velocities of zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="momentum"/> is not in [0, 1).</exception>
    /// <exception cref="ObjectDisposedException">The network or its device has been disposed.</exception>
    public SgdOptimizer(Sequential network, float learningRate, float momentum = 0f)
        : base(network, learningRate)
    {
        descent = new SgdMomentum(network.Device, momentum);
        velocity = AllocateMoment();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StateEntry> State => [.. velocity.State("sgd.velocity.")];

    /// <inheritdoc/>
    public override void Update() =>
        descent.Step(Network.Values.Flat, Network.Gradients.Flat, velocity.Flat, LearningRate);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => velocity.Dispose();
}
