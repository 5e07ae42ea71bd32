namespace GalaxyNet.Kernels;

/// <summary>Checks an operation's backward pass against central finite differences of its forward pass.</summary>
internal static class GradientCheck
{
    private const int Seed = 1000;

    /// <summary>
    /// Takes L = sum(r * y) with random r, so that dL/dy = r, and compares each dL/dx_i from the backward pass with
    /// (L(x_i + h) - L(x_i - h)) / 2h.
    /// </summary>
    /// <param name="device">Where to run it.</param>
    /// <param name="operationCase">A case with a backward pass.</param>
    /// <param name="samples">How many elements of each argument to check, evenly spread over it.</param>
    /// <param name="mistake">What to put in, to show what wrong gradients look like.</param>
    /// <returns>One result for each differentiable argument.</returns>
    public static IReadOnlyList<GradientCheckResult> Run(
        Device device, OperationCase operationCase, int samples = int.MaxValue, Mistake? mistake = null)
    {
        using var run = new CaseRun(device, operationCase, Seed);
        var (output, weights) = (run[operationCase.OutputName], run[$"d{operationCase.OutputName}"].ToArray());
        run.Forward();
        run.Backward();

        var results = new List<GradientCheckResult>();
        foreach (var argument in operationCase.Differentiable)
        {
            int[] elements = Spread(argument.Shape.Count, samples);
            float[] all = run[$"d{argument.Name}"].ToArray();
            float[] analytic = Array.ConvertAll(elements, element => all[element]);
            float[] numeric = Differences(run[argument.Name], argument.DifferenceStep!.Value, elements, Loss);
            results.Add(new GradientCheckResult(operationCase, argument, elements, analytic, numeric));
        }
        return mistake is null ? results : PutIn(mistake, results);

        double Loss()
        {
            run.Forward();
            double loss = 0;
            foreach (var (weight, value) in weights.Zip(output.ToArray()))
                loss += (double)weight * value;
            return loss;
        }
    }

    /// <summary>The same with the gradients of a mistake, rounded to float32, in place of the device's.</summary>
    /// <param name="mistake">A mistake of the operation.</param>
    /// <param name="results">What was found for the arguments of a case.</param>
    public static IReadOnlyList<GradientCheckResult> PutIn(
        Mistake mistake, IReadOnlyList<GradientCheckResult> results)
    {
        var operationCase = results[0].Case;
        var inputs = operationCase.Inputs(Seed).ToDictionary(
            each => each.Name, each => Array.ConvertAll(each.Values, value => (double)value));
        var broken = operationCase with { Reference = mistake.MadeIn(operationCase.Reference) };
        var gradients = broken.ReferenceResults((name, _) => inputs[name]);
        return [.. results.Select(each => each with { Analytic = Wrong(each.Elements, each.Argument) })];

        float[] Wrong(int[] elements, Argument argument) =>
            Array.ConvertAll(elements, element => (float)gradients[$"d{argument.Name}"][element]);
    }

    private static int[] Spread(int count, int samples)
    {
        if (samples >= count)
            return [.. Enumerable.Range(0, count)];
        return [.. Enumerable.Range(0, samples).Select(i => (int)((long)i * (count - 1) / Math.Max(samples - 1, 1)))];
    }

    private static float[] Differences(Tensor argument, float step, int[] elements, Func<double> loss)
    {
        float[] values = argument.ToArray();
        float[] differences = Array.ConvertAll(elements, element =>
        {
            float value = values[element];
            var (above, below) = (value + step, value - step);
            double difference = LossAt(element, above) - LossAt(element, below);
            values[element] = value;
            return (float)(difference / ((double)above - below));
        });
        argument.CopyFrom(values);
        return differences;

        double LossAt(int element, float changed)
        {
            values[element] = changed;
            argument.CopyFrom(values);
            return loss();
        }
    }
}

/// <summary>What <see cref="GradientCheck"/> found for one argument.</summary>
/// <param name="Case">The operation and its shape.</param>
/// <param name="Argument">The argument.</param>
/// <param name="Elements">Which of its elements were checked, in row-major order.</param>
/// <param name="Analytic">Their gradients as the backward pass computed them.</param>
/// <param name="Numeric">Their gradients by central differences.</param>
internal sealed record GradientCheckResult(
    OperationCase Case, Argument Argument, int[] Elements, float[] Analytic, float[] Numeric)
{
    /// <summary>|analytic - numeric| / |numeric|, with the norms over all elements that were checked.</summary>
    public double RelativeError => RelativeDifference.Of(Analytic, Numeric);

    /// <summary>|analytic - numeric| / max(|analytic|, |numeric|) of one element.</summary>
    /// <param name="index">An index into <see cref="Analytic"/> and <see cref="Numeric"/>.</param>
    public double RelativeErrorOf(int index) =>
        Math.Abs((double)Analytic[index] - Numeric[index])
        / Math.Max(Math.Max(MathF.Abs(Analytic[index]), MathF.Abs(Numeric[index])), float.Epsilon);

    /// <summary>The indices where |analytic - numeric| is largest, the largest first.</summary>
    /// <param name="count">How many; all of them where there are no more.</param>
    public IReadOnlyList<int> FurthestApart(int count) =>
        [.. Enumerable.Range(0, Analytic.Length).OrderByDescending(Difference).Take(count)];

    /// <summary>How far they are apart at an index; infinitely where one is NaN.</summary>
    private float Difference(int index)
    {
        float difference = MathF.Abs(Analytic[index] - Numeric[index]);
        return float.IsNaN(difference) ? float.PositiveInfinity : difference;
    }

    /// <summary>The name of the checked element at an index into the lists, such as <c>w[0,2,1]</c>.</summary>
    public string NameOf(int index)
    {
        int rest = Elements[index];
        int[] coordinates = new int[Argument.Shape.Rank];
        for (int axis = coordinates.Length - 1; axis >= 0; axis--)
            (rest, coordinates[axis]) = Math.DivRem(rest, Argument.Shape[axis]);
        return $"{Argument.Name}[{string.Join(',', coordinates)}]";
    }
}
