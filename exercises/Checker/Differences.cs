namespace GalaxyNet.Exercises;

/// <summary>Gradients from the forward pass alone.</summary>
internal static class Differences
{
    // In float64 the rounding is of the order of 1e-16 / Step, and what is left out of the order of Step^2: both are
    // far below what Numbers lets pass. It is smaller than any case's own step, so it crosses no kink.
    private const double Step = 1e-5;

    /// <summary>
    /// (L(x_i + h) - L(x_i - h)) / 2h for each element of an argument, with L = sum(dy * y), so that dL/dy = dy.
    /// </summary>
    public static Array Of(Trial trial, int argument)
    {
        var arguments = trial.CopyArguments();
        var differences = (Array)arguments[argument].Clone();
        for (int i = 0; i < differences.Length; i++)
        {
            double value = arguments[argument].Elements()[i];
            differences.Elements()[i] = (LossAt(i, value + Step) - LossAt(i, value - Step)) / (2 * Step);
            arguments[argument].Elements()[i] = value;
        }
        return differences;

        double LossAt(int element, double changed)
        {
            arguments[argument].Elements()[element] = changed;
            var y = trial.Reference.Forward(arguments)!.Elements();
            var dy = trial.OutputGradient!.Elements();
            double loss = 0;
            for (int i = 0; i < y.Length; i++)
                loss += dy[i] * y[i];
            return loss;
        }
    }
}
