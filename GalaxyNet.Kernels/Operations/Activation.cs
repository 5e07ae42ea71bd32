using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>A function that is applied to each element, and whose derivative follows from its output.</summary>
public abstract class Activation : Operation
{
    private readonly Action<KernelConfig, Floats, Floats> forward;
    private readonly Action<KernelConfig, Floats, Floats, Floats> backward;

    /// <param name="device">Where to run.</param>
    /// <param name="forward">The kernel that finds y from x.</param>
    /// <param name="backward">The kernel that finds dx from y and dy.</param>
    private protected Activation(
        [NotNull] Device? device, Action<Floats, Floats> forward, Action<Floats, Floats, Floats> backward)
        : base(device)
    {
        this.forward = device.Load(forward);
        this.backward = device.Load(backward);
    }

    /// <summary>
    /// y from x, of any shape; <paramref name="output"/> has the same and may be <paramref name="input"/>.
    /// </summary>
    public void Forward(Tensor input, Tensor output)
    {
        input.Require(Device, nameof(input));
        output.Require(Device, input.Shape, nameof(output));
        LaunchForward(input, output);
    }

    /// <summary>
    /// dx from y and dy, all of one shape; <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.
    /// </summary>
    public void Backward(Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        output.Require(Device, nameof(output));
        outputGradient.Require(Device, output.Shape, nameof(outputGradient));
        inputGradient.Require(Device, output.Shape, nameof(inputGradient));
        LaunchBackward(output, outputGradient, inputGradient);
    }

    private protected virtual void LaunchForward(Tensor input, Tensor output) =>
        forward(Device.Loop(input.Count), input.Data, output.Data);

    private protected virtual void LaunchBackward(Tensor output, Tensor outputGradient, Tensor inputGradient) =>
        backward(Device.Loop(output.Count), output.Data, outputGradient.Data, inputGradient.Data);
}
