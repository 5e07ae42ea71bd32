using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// An exponential moving average of numbers that change from step to step, such as a network's weights.
/// </summary>
/// <remarks>
/// With the decay d:
///
/// m = d m + (1 - d) x
///
/// Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992, average all steps alike; this
/// form forgets the early ones.
/// </remarks>
public sealed class MovingAverage : Operation
{
    private readonly Action<KernelConfig, Floats, Floats, float> update;
    private readonly SimdKernel<MovingAverageWork> updateOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    public MovingAverage(Device device)
        : base(device)
    {
        update = device.Load<Floats, Floats, float>(AverageKernel);
        updateOnCpu = new SimdKernel<MovingAverageWork>(device);
    }

    /// <summary>Moves the average toward the values, both of one shape.</summary>
    /// <param name="average">m.</param>
    /// <param name="values">x.</param>
    /// <param name="decay">d: how much of the average stays.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is not in [0, 1).</exception>
    public void Update(Tensor average, Tensor values, float decay)
    {
        average.Require(Device, nameof(average));
        values.Require(Device, average.Shape, nameof(values));
        decay.RequireUnderOne(nameof(decay));
        if (Device.Schedule == Schedule.Cpu)
            updateOnCpu.Launch(new MovingAverageWork
            {
                Average = average.ToWrite(),
                Values = values.Data,
                Decay = decay,
            });
        else
            update(Device.Loop(average.Count), average.ToWrite(), values.Data, decay);
    }

    [Kernel("moving_average", Schedule.Shared)]
    internal static unsafe void AverageKernel(Floats average, Floats values, float decay)
    {
        var range = LoopRange.Of((int)average.Length);
        fixed (float* m = &average[0], x = &values[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
                m[i] = (decay * m[i]) + ((1f - decay) * x[i]);
        }
    }
}
