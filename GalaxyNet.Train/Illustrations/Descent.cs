namespace GalaxyNet.Train;

/// <summary>Moves the parameters p by their gradients g, on a device; k is the step's number, from 1.</summary>
internal delegate void DescentStep(Tensor p, Tensor g, int k);

/// <summary>Real runs of the optimizers' operations down a narrow valley, in float32 on the CPU.</summary>
/// <remarks>
/// The loss is (p0^2 + 40 p1^2) / 2, so the gradient is (p0, 40 p1): 40 times as steep across as along.
/// </remarks>
internal static class Descent
{
    /// <summary>How much steeper the valley is across than along.</summary>
    public const int Steepness = 40;

    /// <summary>The steps of each run.</summary>
    public const int Steps = 30;

    /// <summary>Where each run starts.</summary>
    public static (double X, double Y) Start => (-9, 2);

    /// <summary>The loss at a point.</summary>
    public static double Loss((double X, double Y) point) =>
        ((point.X * point.X) + (Steepness * point.Y * point.Y)) / 2;

    /// <summary>The points of a run of <see cref="SgdMomentum"/>, with the start.</summary>
    /// <param name="momentum">0 is plain descent.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="scale">What the loss, and so every gradient, is multiplied by.</param>
    public static IReadOnlyList<(double X, double Y)> WithMomentum(float momentum, float rate, float scale = 1)
    {
        using var device = Device.OpenCpu(threads: 1);
        var descent = new SgdMomentum(device, momentum);
        using var velocity = device.Allocate([2]);
        return Run(device, scale, (p, g, _) => descent.Step(p, g, velocity, rate));
    }

    /// <summary>The points of a run of <see cref="Adam"/>, likewise.</summary>
    public static IReadOnlyList<(double X, double Y)> WithAdam(float rate, float scale = 1)
    {
        using var device = Device.OpenCpu(threads: 1);
        var adam = new Adam(device);
        using var mean = device.Allocate([2]);
        using var meanSquare = device.Allocate([2]);
        return Run(device, scale, (p, g, k) => adam.Step(p, g, mean, meanSquare, k, rate));
    }

    private static List<(double X, double Y)> Run(Device device, float scale, DescentStep step)
    {
        float[] point = [(float)Start.X, (float)Start.Y];
        using var p = device.Allocate([2], point);
        using var g = device.Allocate([2]);
        var points = new List<(double X, double Y)> { Start };
        for (int k = 1; k <= Steps; k++)
        {
            g.CopyFrom([scale * point[0], scale * Steepness * point[1]]);
            step(p, g, k);
            point = p.ToArray();
            points.Add((point[0], point[1]));
        }
        return points;
    }
}
