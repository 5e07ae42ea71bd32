namespace GalaxyNet.Layers;

/// <summary>
/// The number that training makes smaller: how far the outputs for a mini-batch are from their targets.
/// A program can implement a loss of its own; <see cref="WeightedMseLoss"/> is the one that comes with the library.
/// </summary>
/// <remarks>
/// A <see cref="TrainingStep"/> calls <see cref="ForwardAndBackward"/>. All tensors lie on the network's device, and
/// output, target and gradient have the same shape, [batch, ...]. An implementation launches kernels of its own on the
/// device's default stream, or copies the numbers to the host and back.
/// </remarks>
public interface ILoss
{
    /// <summary>Writes the loss of a mini-batch, a mean over its images, to a tensor of shape [1].</summary>
    void Forward(Tensor output, Tensor target, Tensor loss);

    /// <summary>Writes the gradient of that loss with respect to the output.</summary>
    void Backward(Tensor output, Tensor target, Tensor outputGradient);

    /// <summary>
    /// Does both. By default it calls <see cref="Forward"/> and <see cref="Backward"/>: a loss that can do it in one
    /// launch implements it too.
    /// </summary>
    void ForwardAndBackward(Tensor output, Tensor target, Tensor loss, Tensor outputGradient)
    {
        Forward(output, target, loss);
        Backward(output, target, outputGradient);
    }
}
