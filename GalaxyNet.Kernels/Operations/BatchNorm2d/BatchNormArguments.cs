using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>
/// What <see cref="BatchNorm2d"/> and <see cref="BatchNormReluMaxPool2d"/> ask of their arguments; each adds what it asks of the output.
/// </summary>
/// <param name="channels">The number of channels.</param>
internal sealed class BatchNormArguments(int channels)
{
    private Shape? trainingShape;

    /// <exception cref="ArgumentException">A shape does not fit, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void RequireForward(
        Device device,
        [NotNull] Tensor? input,
        [NotNull] Tensor? weight,
        [NotNull] Tensor? bias,
        [NotNull] Tensor? runningMean,
        [NotNull] Tensor? runningVariance)
    {
        input.Require(device, nameof(input));
        if (input.Shape.Rank != 4)
            throw new ArgumentException(
                $"Batch normalization needs [batch, channels, height, width], not {input.Shape}.", nameof(input));
        input.Require(device, [input.Shape[0], channels, input.Shape[2], input.Shape[3]], nameof(input));
        weight.Require(device, [channels], nameof(weight));
        bias.Require(device, [channels], nameof(bias));
        runningMean.Require(device, [channels], nameof(runningMean));
        runningVariance.Require(device, [channels], nameof(runningVariance));
    }

    /// <summary>Lets a backward pass follow, for an input of this shape.</summary>
    /// <exception cref="ArgumentException">A channel has only one value and so no variance, or the moments are not of this input.</exception>
    /// <exception cref="ObjectDisposedException">The moments have been disposed.</exception>
    public void BeginTraining(Tensor input, ChannelMoments? moments)
    {
        if (input.Count == channels)
            throw new ArgumentException(
                $"Batch normalization cannot train on {input.Shape}: a channel needs more than one value.", nameof(input));
        moments?.RequireOf(input, nameof(moments));
        trainingShape = input.Shape;
    }

    /// <exception cref="ArgumentException">A shape does not fit, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    /// <exception cref="InvalidOperationException">There was no <see cref="BeginTraining"/> before.</exception>
    public void RequireBackward(
        Device device,
        [NotNull] Tensor? input,
        [NotNull] Tensor? weight,
        [NotNull] Tensor? inputGradient,
        [NotNull] Tensor? weightGradient,
        [NotNull] Tensor? biasGradient)
    {
        input.Require(device, nameof(input));
        if (trainingShape is null)
            throw new InvalidOperationException("Batch normalization goes backward only after ForwardTraining.");
        input.Require(device, trainingShape, nameof(input));
        weight.Require(device, [channels], nameof(weight));
        inputGradient.Require(device, trainingShape, nameof(inputGradient));
        weightGradient.Require(device, [channels], nameof(weightGradient));
        biasGradient.Require(device, [channels], nameof(biasGradient));
    }
}
