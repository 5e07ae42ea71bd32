using System.Globalization;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// A file such as <c>attempt4.json</c>: three steps of Adam with one batch, and an evaluation, by PyTorch in float64.
/// </summary>
internal sealed class GoldenTraining
{
    private const int Batch = 4;

    private readonly JsonElement json;
    private readonly GalaxyZooNetwork attempt;

    public GoldenTraining(string file)
    {
        json = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
        attempt = GalaxyZooNetworks.Attempt(
            int.Parse(Path.GetFileName(file).AsSpan("attempt".Length, 1), CultureInfo.InvariantCulture));
        Layers = [.. attempt.Layers.Where(layer => layer is not DropoutLayer)]; // the file was made without
        Steps = [.. json.GetProperty("steps").EnumerateArray().Select(step => new GoldenStep(step))];
        InputBatch = InputShape.Batch(Batch);
        Input = Uniform(InputBatch, json.GetProperty("x_seed"), u => u + 0.5);
        Target = Uniform(TargetBatch, json.GetProperty("target_seed"), u => u + 0.5);
    }

    public Shape InputShape => attempt.InputShape;

    public IReadOnlyList<Layer> Layers { get; }

    public IReadOnlyList<GoldenStep> Steps { get; }

    public Shape InputBatch { get; }

    public Shape TargetBatch { get; } = [Batch, GalaxyZooNetworks.Classes];

    public double[] Input { get; }

    public double[] Target { get; }

    /// <summary>The first image's output in evaluation, after the steps.</summary>
    public double[] EvaluationOutput => Numbers(json.GetProperty("eval_output_row0_after"));

    /// <summary>
    /// The first running variances of each batch normalization after the steps, with their tensor's name.
    /// </summary>
    public IEnumerable<(string Name, double[] Head)> RunningVariances =>
        json.GetProperty("running_var_head").EnumerateObject()
            .Select(layer => ($"{layer.Name}.running_var", Numbers(layer.Value)));

    /// <summary>The loss's weights of the classes.</summary>
    public double[] ClassWeights()
    {
        if (!attempt.WeightsClasses)
            return [.. Enumerable.Repeat(1.0 / GalaxyZooNetworks.Classes, GalaxyZooNetworks.Classes)];
        double[] weights = Uniform([GalaxyZooNetworks.Classes], json.GetProperty("weight_seed"), u => u + 0.6);
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>The parameters before the first step.</summary>
    public Dictionary<string, double[]> FirstParameters() =>
        FirstValues((layer, shape) => layer.Parameters(shape), parameter =>
        {
            var shape = parameter.Shape;
            double fanIn = shape.Rank > 1 ? shape.Count / shape[0] : 100;
            var seed = json.GetProperty("param_seeds").GetProperty(parameter.Name);
            return Uniform(shape, seed, u => parameter.Center + (2 * u / Math.Sqrt(fanIn)));
        });

    /// <summary>The running statistics before the first step.</summary>
    public Dictionary<string, double[]> FirstStatistics() => FirstValues(
        (layer, shape) => layer.Statistics(shape),
        statistic => Enumerable.Repeat((double)statistic.Center, statistic.Shape.Count).ToArray());

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(each => each.GetDouble())];

    private Dictionary<string, double[]> FirstValues(
        Func<Layer, Shape, IEnumerable<ParameterDeclaration>> select, Func<ParameterDeclaration, double[]> valuesOf) =>
        Layers.Zip(LayerChain.Shapes(InputShape, Layers), select).SelectMany(each => each)
            .ToDictionary(tensor => tensor.Name, valuesOf);

    private static double[] Uniform(Shape shape, JsonElement seed, Func<double, double> map) =>
        [.. Enumerable.Range(0, shape.Count).Select(i => map(Values.Uniform(i, seed.GetInt32())))];
}

/// <summary>
/// One step in PyTorch: the loss, the first image's output, and each gradient's norm and first elements.
/// </summary>
internal sealed class GoldenStep(JsonElement json)
{
    public double Loss => json.GetProperty("loss").GetDouble();

    public double[] Output => GoldenTraining.Numbers(json.GetProperty("output_row0"));

    public double GradientNorm(string parameter) => json.GetProperty("grad_l2").GetProperty(parameter).GetDouble();

    public double[] GradientHead(string parameter) =>
        GoldenTraining.Numbers(json.GetProperty("grad_head").GetProperty(parameter));
}
