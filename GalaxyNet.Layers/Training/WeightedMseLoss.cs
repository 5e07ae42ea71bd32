namespace GalaxyNet.Layers;

/// <summary>
/// The squared error with a weight for each output: see <see cref="WeightedMse"/> for the formula. A target that is NaN
/// is not known, and its output is left out.
/// </summary>
public sealed class WeightedMseLoss : ILoss, IDisposable
{
    private readonly WeightedMse error;
    private readonly Tensor weights;

    /// <summary>Copies the weights to a network's device.</summary>
    /// <param name="network">A network whose output is a row for each image.</param>
    /// <param name="classWeights">
    /// A weight for each element of that row; 1 / length each make it the plain mean.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The output is not a row, or the number of weights is not its length.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network's device has been disposed.</exception>
    public WeightedMseLoss(Sequential network, ReadOnlySpan<float> classWeights)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.OutputShape.Rank != 1)
            throw new ArgumentException(
                $"The loss needs a row of outputs for each image, not {network.OutputShape}: flatten them.",
                nameof(network));
        error = new WeightedMse(network.Device);
        weights = network.Device.Allocate(network.OutputShape, classWeights);
    }

    /// <inheritdoc/>
    public void Forward(Tensor output, Tensor target, Tensor loss) => error.Forward(output, target, weights, loss);

    /// <inheritdoc/>
    public void Backward(Tensor output, Tensor target, Tensor outputGradient) =>
        error.Backward(output, target, weights, outputGradient);

    /// <inheritdoc/>
    public void ForwardAndBackward(Tensor output, Tensor target, Tensor loss, Tensor outputGradient) =>
        error.ForwardAndBackward(output, target, weights, loss, outputGradient);

    /// <summary>
    /// Both, and back through the sigmoid if the network ends in one: <see cref="Sequential.BackwardOfError"/> takes
    /// the gradient from there.
    /// </summary>
    /// <param name="network">The network that made the output.</param>
    /// <param name="output">Its output.</param>
    /// <param name="target">What it should have been.</param>
    /// <param name="loss">Receives the loss.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="batch">The images of the whole mini-batch, of which these may be a part.</param>
    internal void ForwardAndBackward(
        Sequential network, Tensor output, Tensor target, Tensor loss, Tensor gradient, int batch) =>
        error.ForwardAndBackwardOfPart(output, target, weights, loss, gradient, batch, network.EndsInSigmoid);

    /// <inheritdoc/>
    public void Dispose() => weights.Dispose();
}
