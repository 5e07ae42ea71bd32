namespace GalaxyNet.Tests;

/// <summary>Adam with PyTorch's defaults, for each array under its name.</summary>
internal sealed class Float64Adam
{
    public const double LearningRate = 1e-3;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Dictionary<string, (double[] First, double[] Second)> moments = [];

    /// <summary>What the next step, numbered from 1, adds to the parameter.</summary>
    public double[] Change<T>(string parameter, T[] gradient, int step)
        where T : struct, IConvertible
    {
        if (!moments.TryGetValue(parameter, out var moment))
            moments[parameter] = moment = (new double[gradient.Length], new double[gradient.Length]);
        var (first, second) = moment;
        var change = new double[gradient.Length];
        double firstCorrection = 1 - Math.Pow(Beta1, step);
        double secondCorrection = 1 - Math.Pow(Beta2, step);
        for (int i = 0; i < change.Length; i++)
        {
            double g = gradient[i].ToDouble(null);
            first[i] = (Beta1 * first[i]) + ((1 - Beta1) * g);
            second[i] = (Beta2 * second[i]) + ((1 - Beta2) * g * g);
            change[i] = -LearningRate * first[i] / firstCorrection / (Math.Sqrt(second[i] / secondCorrection) + Epsilon);
        }
        return change;
    }
}
