namespace GalaxyNet.Layers;

/// <summary>Adam: see <see cref="Adam"/> for the formula. The defaults are PyTorch's.</summary>
public sealed class AdamOptimizer : Optimizer, IPartialOptimizer
{
    private readonly Adam adam;
    private readonly ParameterBlock firstMoment;
    private readonly ParameterBlock secondMoment;
    private readonly Counter steps = new("adam.steps");

    /// <summary>Starts with moments of zero. With a weight decay over 0 it is AdamW.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A beta or the weight decay is not in [0, 1), or <paramref name="epsilon"/> is negative or NaN.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network or its device has been disposed.</exception>
    public AdamOptimizer(
        Sequential network,
        float learningRate = 1e-3f,
        float beta1 = 0.9f,
        float beta2 = 0.999f,
        float epsilon = 1e-8f,
        float weightDecay = 0f)
        : base(network, learningRate)
    {
        adam = new Adam(network.Device, beta1, beta2, epsilon, weightDecay);
        using var construction = Construction.Begin();
        firstMoment = AllocateMoment();
        secondMoment = AllocateMoment();
        construction.Complete();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StateEntry> State =>
        [steps, .. firstMoment.State("adam.first_moment."), .. secondMoment.State("adam.second_moment.")];

    IReadOnlyList<ParameterBlock> IPartialOptimizer.Moments => [firstMoment, secondMoment];

    /// <inheritdoc/>
    public override void Update()
    {
        Update(0, Network.Gradients.Flat);
        steps.Value++;
    }

    void IPartialOptimizer.Update(int start, Tensor gradients) => Update(start, gradients);

    void IPartialOptimizer.CountStep() => steps.Value++;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        firstMoment.Dispose();
        secondMoment.Dispose();
    }

    private void Update(int start, Tensor gradients) => adam.Step(
        Network.Values.Part(start, gradients.Count),
        gradients,
        firstMoment.Part(start, gradients.Count),
        secondMoment.Part(start, gradients.Count),
        checked((int)steps.Value + 1),
        LearningRate);
}
