namespace GalaxyNet.Tests;

/// <summary>A golden file's training, done again in float64: all of what the file has samples and norms of.</summary>
internal sealed class ReferenceTraining
{
    /// <summary>Trains.</summary>
    /// <param name="golden">The file.</param>
    /// <param name="firstChoices">The effects of undecided choices that go the other way in the first step.</param>
    public ReferenceTraining(GoldenTraining golden, params IReadOnlyList<Dictionary<string, double[]>> firstChoices)
    {
        var parameters = golden.FirstParameters();
        Statistics = golden.FirstStatistics();
        var network = new Float64Network(
            golden.InputShape, golden.Layers, parameters.Concat(Statistics).ToDictionary());
        var adam = new Float64Adam();
        Steps =
        [
            .. golden.Steps.Select(
                (_, i) => Train(network, adam, parameters, golden, i + 1, i == 0 ? firstChoices : [])),
        ];
        EvaluationOutput = network.Forward(golden.Input, Mode.Evaluation);
    }

    public IReadOnlyList<ReferenceStep> Steps { get; }

    /// <summary>The running statistics after the steps.</summary>
    public Dictionary<string, double[]> Statistics { get; }

    /// <summary>The output in evaluation after the steps.</summary>
    public double[] EvaluationOutput { get; }

    private static ReferenceStep Train(
        Float64Network network,
        Float64Adam adam,
        Dictionary<string, double[]> parameters,
        GoldenTraining golden,
        int number,
        IReadOnlyList<Dictionary<string, double[]>> otherChoices)
    {
        var before = ToFloats(parameters);
        double[] output = network.Forward(golden.Input, Mode.Training);
        var o = (double[,])output.Shaped(golden.TargetBatch);
        var t = (double[,])golden.Target.Shaped(golden.TargetBatch);
        double loss = WeightedMseReference.Forward(o, t, golden.ClassWeights());
        var (gradients, choices) = network.Backward(WeightedMseReference.Backward(o, t, golden.ClassWeights()).Flat());
        foreach (var (name, change) in otherChoices.SelectMany(effect => effect))
            Add(gradients[name], change);
        foreach (var (name, value) in parameters)
            Add(value, adam.Change(name, gradients[name], number));
        return new ReferenceStep(loss, output, before, ToFloats(gradients), choices);
    }

    private static void Add(double[] values, double[] changes)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] += changes[i];
    }

    private static Dictionary<string, float[]> ToFloats(Dictionary<string, double[]> values) =>
        values.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, value => (float)value));
}

/// <summary>A step in float64, its parameters and gradients rounded to float32 afterwards.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Output">[batch, classes].</param>
/// <param name="Parameters">The parameters before the step.</param>
/// <param name="Gradients">The gradient of the loss with respect to them.</param>
/// <param name="UndecidedChoices">
/// How the gradients change with choices that float32 cannot make: see <see cref="Float64Network"/>.
/// </param>
internal sealed record ReferenceStep(
    double Loss,
    double[] Output,
    IReadOnlyDictionary<string, float[]> Parameters,
    IReadOnlyDictionary<string, float[]> Gradients,
    IReadOnlyList<Dictionary<string, double[]>> UndecidedChoices)
{
    /// <summary>The gradients' norms.</summary>
    public IReadOnlyDictionary<string, double> Norms { get; } = Gradients.ToDictionary(
        pair => pair.Key, pair => Math.Sqrt(pair.Value.Sum(value => (double)value * value)));

    /// <summary>The largest norm of a gradient.</summary>
    public double LargestNorm => Norms.Values.Max();
}
