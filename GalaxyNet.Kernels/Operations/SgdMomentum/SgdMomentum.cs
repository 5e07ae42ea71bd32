using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Stochastic gradient descent with momentum.</summary>
/// <remarks>
/// With gradients g and learning rate r, as in PyTorch:
///
/// v = momentum v + g
/// p = p - r v
/// </remarks>
public sealed class SgdMomentum : Operation
{
    private readonly float momentum;
    private readonly Action<KernelConfig, Floats, Floats, Floats, float, float> update;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="momentum">How much of the velocity stays from step to step; 0 is plain gradient descent.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="momentum"/> is not in [0, 1).</exception>
    public SgdMomentum(Device device, float momentum = 0.9f)
        : base(device)
    {
        momentum.RequireUnderOne(nameof(momentum));
        this.momentum = momentum;
        update = device.Load<Floats, Floats, Floats, float, float>(UpdateKernel);
    }

    /// <summary>Moves p and v, all of one shape. The velocity starts at zero.</summary>
    public void Step(Tensor parameters, Tensor gradients, Tensor velocity, float learningRate)
    {
        parameters.Require(Device, nameof(parameters));
        gradients.Require(Device, parameters.Shape, nameof(gradients));
        velocity.Require(Device, parameters.Shape, nameof(velocity));
        update(
            Device.Loop(parameters.Count), parameters.ToWrite(), gradients.Data, velocity.Data, momentum, learningRate);
    }

    [Kernel("sgd_momentum", Schedule.Shared)]
    internal static unsafe void UpdateKernel(
        Floats parameters, Floats gradients, Floats velocity, float momentum, float learningRate)
    {
        var range = LoopRange.Of((int)parameters.Length);
        fixed (float* p = &parameters[0], g = &gradients[0], v = &velocity[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                v[i] = (momentum * v[i]) + g[i];
                p[i] -= learningRate * v[i];
            }
        }
    }
}
