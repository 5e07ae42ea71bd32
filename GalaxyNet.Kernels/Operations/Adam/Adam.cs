using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The optimizer Adam.</summary>
/// <remarks>
/// With gradients g, step number k from 1 and learning rate r:
///
/// m = beta1 m + (1 - beta1) g
/// v = beta2 v + (1 - beta2) g^2
/// p = (1 - r d) p - r (m / (1 - beta1^k)) / (sqrt(v / (1 - beta2^k)) + epsilon)
///
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2014, in PyTorch's arrangement; with a weight decay d
/// over 0 it is AdamW: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
/// One launch takes all parameters of a network, if they lie in one tensor.
/// </remarks>
public sealed class Adam : Operation
{
    private readonly float beta1;
    private readonly float beta2;
    private readonly float epsilon;
    private readonly float weightDecay;
    private readonly Action<
        KernelConfig, Floats, Floats, Floats, Floats, float, float, float, float, float, float> update;
    private readonly SimdKernel<AdamWork> updateOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="beta1">How much of the mean gradient stays from step to step.</param>
    /// <param name="beta2">How much of the mean squared gradient stays.</param>
    /// <param name="epsilon">What keeps the division from zero.</param>
    /// <param name="weightDecay">d: how much smaller a step makes each parameter, for each unit of r.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A share is not in [0, 1), or <paramref name="epsilon"/> is negative or NaN.
    /// </exception>
    public Adam(
        Device device, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f)
        : base(device)
    {
        weightDecay.RequireUnderOne(nameof(weightDecay));
        this.weightDecay = weightDecay;
        beta1.RequireUnderOne(nameof(beta1));
        beta2.RequireUnderOne(nameof(beta2));
        epsilon.RequireUpTo(float.MaxValue, nameof(epsilon));
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        update = device.Load<Floats, Floats, Floats, Floats, float, float, float, float, float, float>(UpdateKernel);
        updateOnCpu = new SimdKernel<AdamWork>(device);
    }

    /// <summary>Moves the parameters and both moments, all of one shape. The moments start at zero.</summary>
    /// <param name="parameters">p.</param>
    /// <param name="gradients">g.</param>
    /// <param name="firstMoment">m.</param>
    /// <param name="secondMoment">v.</param>
    /// <param name="step">The number of this step, from 1.</param>
    /// <param name="learningRate">r.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is under 1.</exception>
    public void Step(
        Tensor parameters, Tensor gradients, Tensor firstMoment, Tensor secondMoment, int step, float learningRate)
    {
        parameters.Require(Device, nameof(parameters));
        gradients.Require(Device, parameters.Shape, nameof(gradients));
        firstMoment.Require(Device, parameters.Shape, nameof(firstMoment));
        secondMoment.Require(Device, parameters.Shape, nameof(secondMoment));
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        // In double: 1 - beta2^1 is a thousandth, and a float would keep four digits of it.
        double correction1 = 1.0 - Math.Pow(beta1, step);
        double correction2 = 1.0 - Math.Pow(beta2, step);
        float stepSize = (float)(learningRate / correction1);
        float rootScale = (float)(1.0 / Math.Sqrt(correction2));
        float kept = (float)(1.0 - ((double)learningRate * weightDecay));
        if (Device.Schedule == Schedule.Cpu)
            updateOnCpu.Launch(new AdamWork
            {
                Parameters = parameters.ToWrite(),
                Gradients = gradients.Data,
                FirstMoment = firstMoment.Data,
                SecondMoment = secondMoment.Data,
                Beta1 = beta1,
                Beta2 = beta2,
                Epsilon = epsilon,
                StepSize = stepSize,
                RootScale = rootScale,
                Kept = kept,
            });
        else
            update(
                Device.Loop(parameters.Count),
                parameters.ToWrite(),
                gradients.Data,
                firstMoment.Data,
                secondMoment.Data,
                beta1,
                beta2,
                epsilon,
                stepSize,
                rootScale,
                kept);
    }

    [Kernel("adam", Schedule.Shared)]
    internal static unsafe void UpdateKernel(
        Floats parameters,
        Floats gradients,
        Floats firstMoment,
        Floats secondMoment,
        float beta1,
        float beta2,
        float epsilon,
        float stepSize,
        float rootScale,
        float kept)
    {
        var range = LoopRange.Of((int)parameters.Length);
        fixed (float* p = &parameters[0], g = &gradients[0], m = &firstMoment[0], v = &secondMoment[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                float first = (beta1 * m[i]) + ((1f - beta1) * g[i]);
                float second = (beta2 * v[i]) + ((1f - beta2) * g[i] * g[i]);
                m[i] = first;
                v[i] = second;
                p[i] = (kept * p[i]) - (stepSize * first / ((MathF.Sqrt(second) * rootScale) + epsilon));
            }
        }
    }
}
