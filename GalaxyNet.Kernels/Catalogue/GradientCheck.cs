namespace GalaxyNet.Kernels;

/// <summary>Checks an operation's backward pass against central finite differences of its forward pass.</summary>
public static class GradientCheck
{
    private const int ArgumentSeed = 1000;
    private const int OutputGradientSeed = 2000;

    /// <summary>
    /// Takes L = sum(r * y) with random r, so that dL/dy = r, and compares each dL/dx_i from the backward pass with
    /// (L(x_i + h) - L(x_i - h)) / 2h.
    /// </summary>
    /// <param name="device">Where to run it.</param>
    /// <param name="operationCase">A case with a backward pass.</param>
    /// <param name="samples">How many elements of each argument to check, evenly spread from the first to the last.</param>
    /// <param name="sabotage">Changes the analytic gradients before they are compared, to show what a wrong one looks like.</param>
    /// <returns>One result for each differentiable argument.</returns>
    public static IReadOnlyList<GradientCheckResult> Run(
        Device device, OperationCase operationCase, int samples = int.MaxValue, Action<float[]>? sabotage = null)
    {
        ArgumentNullException.ThrowIfNull(operationCase);
        using var operation = operationCase.Create(device);
        using var scope = new CaseTensors(device, operationCase, ArgumentSeed);
        float[] weights = Values.Uniform(operationCase.OutputShape, OutputGradientSeed);
        scope.OutputGradient.CopyFrom(weights);
        operation.Forward(scope.Arguments, scope.Output);
        operation.Backward(scope.Arguments, scope.Output, scope.OutputGradient, scope.ArgumentGradients);

        var results = new List<GradientCheckResult>();
        for (int i = 0; i < scope.Arguments.Count; i++)
        {
            if (scope.ArgumentGradients[i] is not { } gradient)
                continue;
            int[] elements = Spread(gradient.Count, samples);
            float[] all = gradient.ToArray();
            float[] analytic = Array.ConvertAll(elements, element => all[element]);
            sabotage?.Invoke(analytic);
            float[] numeric = Differences(operation, scope, operationCase.Arguments[i], i, elements, weights);
            results.Add(new GradientCheckResult(operationCase, operationCase.Arguments[i], elements, analytic, numeric));
        }
        return results;
    }

    private static int[] Spread(int count, int samples)
    {
        if (samples >= count)
            return [.. Enumerable.Range(0, count)];
        return [.. Enumerable.Range(0, samples).Select(i => (int)((long)i * (count - 1) / Math.Max(samples - 1, 1)))];
    }

    private static float[] Differences(
        IOperation operation, CaseTensors scope, Argument argument, int index, int[] elements, float[] weights)
    {
        float[] values = scope.Arguments[index].ToArray();
        float step = argument.DifferenceStep!.Value;
        var numeric = new float[elements.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            float value = values[elements[i]];
            float above = value + step;
            float below = value - step;
            double difference = Loss(elements[i], above) - Loss(elements[i], below);
            numeric[i] = (float)(difference / ((double)above - below));
            values[elements[i]] = value;
        }
        scope.Arguments[index].CopyFrom(values);
        return numeric;

        double Loss(int element, float changed)
        {
            values[element] = changed;
            scope.Arguments[index].CopyFrom(values);
            operation.Forward(scope.Arguments, scope.Output);
            float[] output = scope.Output.ToArray();
            double loss = 0;
            for (int k = 0; k < output.Length; k++)
                loss += (double)weights[k] * output[k];
            return loss;
        }
    }
}

/// <summary>What <see cref="GradientCheck"/> found for one argument.</summary>
/// <param name="Case">The operation and its shape.</param>
/// <param name="Argument">The argument.</param>
/// <param name="Elements">Which of its elements were checked, in row-major order.</param>
/// <param name="Analytic">Their gradients as the backward pass computed them.</param>
/// <param name="Numeric">Their gradients by central differences.</param>
public sealed record GradientCheckResult(
    OperationCase Case, Argument Argument, int[] Elements, float[] Analytic, float[] Numeric)
{
    /// <summary>The norm of the difference over the norm of the numeric gradient.</summary>
    public double RelativeError => RelativeDifference.Of(Analytic, Numeric);

    /// <summary>How far the two gradients of one element are apart: |analytic - numeric| over the larger of the two.</summary>
    /// <param name="place">A place in <see cref="Analytic"/> and <see cref="Numeric"/>.</param>
    public double RelativeErrorOf(int place) =>
        Math.Abs((double)Analytic[place] - Numeric[place])
        / Math.Max(Math.Max(MathF.Abs(Analytic[place]), MathF.Abs(Numeric[place])), float.Epsilon);

    /// <summary>The places where the two gradients are furthest apart, in row-major order.</summary>
    /// <param name="count">How many; all of them where there are no more.</param>
    public IReadOnlyList<int> FurthestApart(int count) =>
    [
        .. Enumerable.Range(0, Analytic.Length)
            .OrderByDescending(place => Difference(place))
            .Take(count)
            .Order(),
    ];

    /// <summary>How far they are apart at a place; infinitely where one is NaN.</summary>
    private float Difference(int place)
    {
        float difference = MathF.Abs(Analytic[place] - Numeric[place]);
        return float.IsNaN(difference) ? float.PositiveInfinity : difference;
    }

    /// <summary>The name of the checked element at a place of the lists, such as <c>w[0,2,1]</c>.</summary>
    public string NameOf(int place)
    {
        int rest = Elements[place];
        var index = new int[Argument.Shape.Rank];
        for (int axis = index.Length - 1; axis >= 0; axis--)
            (rest, index[axis]) = Math.DivRem(rest, Argument.Shape[axis]);
        return $"{Argument.Name}[{string.Join(',', index)}]";
    }
}

/// <summary>How far two lists of numbers are apart.</summary>
public static class RelativeDifference
{
    /// <summary>|actual - expected| / |expected| in the Euclidean norm; NaN where <paramref name="actual"/> has one.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
            throw new ArgumentException($"{actual.Length} numbers cannot be compared with {expected.Length}.");
        double difference = 0, norm = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            norm += Math.Pow(expected[i], 2);
        }
        return Math.Sqrt(difference) / Math.Max(Math.Sqrt(norm), 1e-30);
    }
}
