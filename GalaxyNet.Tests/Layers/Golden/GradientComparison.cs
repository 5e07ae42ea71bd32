namespace GalaxyNet.Tests;

/// <summary>Compares a network's gradients in float32 with a step of the reference.</summary>
internal static class GradientComparison
{
    /// <summary>
    /// Makes each choice that float32 cannot make the reference's: where the other one explains more than half of the
    /// difference to the reference, its effect is taken away. A wrong kernel cannot hide there, as these are few and
    /// fixed directions in a space of millions, and each is taken away whole or not at all.
    /// </summary>
    /// <returns>The gradients with the reference's choices, and the effects that were taken away.</returns>
    public static (Dictionary<string, double[]> Gradients, List<Dictionary<string, double[]>> OtherChoices) ChooseLike(
        ReferenceStep reference, IReadOnlyDictionary<string, float[]> gradients)
    {
        var chosen = gradients.ToDictionary(
            pair => pair.Key, pair => Array.ConvertAll(pair.Value, value => (double)value));
        var others = new List<Dictionary<string, double[]>>();
        foreach (var (effect, parameter) in ByWeight(reference))
        {
            float[] expected = reference.Gradients[parameter];
            double projection = 0;
            for (int i = 0; i < expected.Length; i++)
                projection += (chosen[parameter][i] - expected[i]) * effect[parameter][i];
            if (projection <= 0.5 * Math.Pow(Norm(effect[parameter]), 2))
                continue;
            others.Add(effect);
            foreach (var (name, change) in effect)
            {
                for (int i = 0; i < change.Length; i++)
                    chosen[name][i] -= change[i];
            }
        }
        return (chosen, others);
    }

    /// <summary>
    /// One line for each gradient that is further from the reference's than the tolerance, relative to its norm.
    /// </summary>
    public static IEnumerable<string> Differences(
        ReferenceStep reference, IReadOnlyDictionary<string, double[]> gradients, double tolerance)
    {
        foreach (var (name, expected) in reference.Gradients)
        {
            double norm = reference.Norms[name];
            double error = Distance(gradients[name], expected);
            if (!(error <= Allowed(reference, norm, tolerance)))
                yield return $"the gradient of {name} is off by {error / norm:e2}";
        }
    }

    /// <summary>One line for each gradient whose norm or first elements are not the golden file's.</summary>
    public static IEnumerable<string> Differences(
        ReferenceStep reference, GoldenStep golden, IReadOnlyDictionary<string, double[]> gradients, double tolerance)
    {
        foreach (var (name, gradient) in gradients)
        {
            double norm = golden.GradientNorm(name);
            if (!(Math.Abs(Norm(gradient) - norm) <= Allowed(reference, norm, tolerance)))
                yield return $"the gradient of {name} has the norm {Norm(gradient)} instead of {norm}";

            const double LastDigit = 1e-10; // of the file's elements
            double[] head = golden.GradientHead(name);
            double typical = Math.Max(Norm(head), norm * Math.Sqrt((double)head.Length / gradient.Length));
            double error = Norm([.. head.Select((value, i) => gradient[i] - value)]);
            if (!(error <= Allowed(reference, typical, tolerance) + LastDigit))
                yield return $"the gradient of {name} begins {string.Join(", ", gradient[..head.Length])}";
        }
    }

    /// <summary>The root of the sum of the squares.</summary>
    public static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value * value;
        return Math.Sqrt(sum);
    }

    /// <summary>The norm of the difference.</summary>
    public static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int i = 0; i < right.Length; i++)
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        return Math.Sqrt(sum);
    }

    /// <summary>The choices, each with the parameter that it changes most: the greatest effect first.</summary>
    private static IEnumerable<(Dictionary<string, double[]> Effect, string Parameter)> ByWeight(
        ReferenceStep reference)
    {
        return from effect in reference.UndecidedChoices
               let most = effect.Keys.MaxBy(name => Weight(effect, name))
               orderby Weight(effect, most) descending
               select (effect, most);

        double Weight(Dictionary<string, double[]> effect, string name) =>
            Norm(effect[name]) / Allowed(reference, reference.Norms[name], tolerance: 1);
    }

    /// <summary>A bias before a batch normalization has the gradient zero, and what is there is rounding.</summary>
    private static double Allowed(ReferenceStep reference, double norm, double tolerance) =>
        norm < 1e-9 * reference.LargestNorm ? 1e-6 * reference.LargestNorm : tolerance * norm;
}
