namespace GalaxyNet.Layers;

/// <summary>Stochastic gradient descent with momentum: see <see cref="SgdMomentum"/> for the formula.</summary>
public sealed class SgdOptimizer : Optimizer, IPartialOptimizer
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

    IReadOnlyList<ParameterBlock> IPartialOptimizer.Moments => [velocity];

    /// <inheritdoc/>
    public override void Update() => Update(0, Network.Gradients.Flat);

    void IPartialOptimizer.Update(int start, Tensor gradients) => Update(start, gradients);

    void IPartialOptimizer.CountStep()
    {
        // Its formula knows no number of the step.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => velocity.Dispose();

    private void Update(int start, Tensor gradients) => descent.Step(
        Network.Values.Part(start, gradients.Count), gradients, velocity.Part(start, gradients.Count), LearningRate);
}
