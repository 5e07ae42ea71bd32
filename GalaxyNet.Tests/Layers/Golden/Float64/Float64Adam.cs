namespace GalaxyNet.Tests;

/// <summary>Adam with PyTorch's defaults, for each array under its name.</summary>
internal sealed class Float64Adam
{
    public const double LearningRate = 1e-3;

    private readonly Dictionary<string, (double[] First, double[] Second)> moments = [];

    /// <summary>What the next step, numbered from 1, adds to the parameter.</summary>
    public double[] Change(string parameter, double[] gradient, int step)
    {
        if (!moments.TryGetValue(parameter, out var moment))
            moments[parameter] = moment = (new double[gradient.Length], new double[gradient.Length]);
        var change = new double[gradient.Length];
        new AdamReference(0.9, 0.999, 1e-8, step, LearningRate, weightDecay: 0)
            .Step(change, gradient, moment.First, moment.Second);
        return change;
    }
}
