namespace GalaxyNet.Tests;

/// <summary>The gradients of shards, beside the references in float64 of the same split.</summary>
[TestFixture]
internal sealed class ShardedGradientTests
{
    private const int Shards = 4;
    private const double Tolerance = 2e-5; // of the norm

    // The references draw no masks.
    private static readonly Layer[] Layers = [.. SmallNetwork.Layers.Where(layer => layer is not DropoutLayer)];

    [TestCase(ShardedTraining.Batch)]
    [TestCase(6)]
    [TestCase(3)]
    public void TheirSumAndTheMeanOfTheirStatisticsAreThoseInFloat64(int batch)
    {
        var training = new ShardedTraining(Shards, () => Device.OpenCpu(threads: 1))
        {
            Layers = Layers,
            Batches = [batch],
        };
        var result = training.On(1)[0];
        var expected = Reference(training, batch);
        Assert.That(result.Losses[0], Is.EqualTo(expected.Loss).Within(1e-6));
        foreach (var (name, gradient) in result.Gradients)
        {
            double norm = GradientComparison.Norm(expected.Gradients[name]);
            double distance = GradientComparison.Distance(expected.Gradients[name], gradient);
            // A bias before a batch normalization has the gradient zero, and what is there is rounding.
            Assert.That(distance, Is.LessThan((Tolerance * norm) + 1e-7), name);
        }
        foreach (var (name, statistic) in expected.Statistics)
            Assert.That(
                GradientComparison.Distance(statistic, result.Numbers(name)),
                Is.LessThan(1e-6 * GradientComparison.Norm(statistic)),
                name);
    }

    /// <summary>Each part alone, of which the losses and gradients are added and the statistics averaged.</summary>
    private static (double Loss, Dictionary<string, double[]> Gradients, Dictionary<string, double[]> Statistics)
        Reference(ShardedTraining training, int batch)
    {
        var (input, target) = training.Numbers(0);
        double loss = 0;
        var gradients = new Dictionary<string, double[]>();
        var statistics = new Dictionary<string, double[]>();
        int parts = Math.Min(batch, Shards);
        for (int shard = 0; shard < Shards; shard++)
        {
            var (first, end) = (shard * batch / Shards, (shard + 1) * batch / Shards);
            if (first == end)
                continue;
            var values = FirstValues();
            var network = new Float64Network(SmallNetwork.InputShape, Layers, values);
            int image = SmallNetwork.InputShape.Count;
            double[] output = network.Forward(Part(input, first * image, end * image), Mode.Training);
            Shape shape = [end - first, SmallNetwork.Outputs];
            var o = (double[,])output.Shaped(shape);
            var t = (double[,])Part(target, first * shape[1], end * shape[1]).Shaped(shape);
            double[] weights = ToDoubles(ShardedTraining.ClassWeights);
            double share = (double)(end - first) / batch; // the reference divides by the rows of the part
            loss += WeightedMseReference.Forward(o, t, weights) * share;
            double[] outputGradient = WeightedMseReference.Backward(o, t, weights).Flat();
            Accumulate(gradients, network.Backward([.. outputGradient.Select(each => each * share)]).Gradients, 1);
            Accumulate(statistics, values.Where(pair => pair.Key.Contains("running")).ToDictionary(), 1.0 / parts);
        }
        return (loss, gradients, statistics);
    }

    /// <summary>The parameters and statistics before the step.</summary>
    private static Dictionary<string, double[]> FirstValues()
    {
        using var device = Device.OpenCpu(threads: 1);
        using var network = new Sequential(device, SmallNetwork.InputShape, maxBatch: 1, seed: 1, Layers);
        var statistics = network.Statistics.Layout.Slots.ToDictionary(
            slot => slot.Name, slot => ToDoubles(network.Statistics[slot.Name].ToArray()));
        return network.Parameters.ToDictionary(each => each.Name, each => ToDoubles(each.Value.ToArray()))
            .Concat(statistics).ToDictionary();
    }

    private static double[] Part(float[] numbers, int start, int end) => ToDoubles(numbers[start..end]);

    private static double[] ToDoubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);

    private static void Accumulate(
        Dictionary<string, double[]> sums, Dictionary<string, double[]> added, double factor)
    {
        foreach (var (name, numbers) in added)
        {
            if (!sums.TryGetValue(name, out double[]? sum))
                sums.Add(name, sum = new double[numbers.Length]);
            for (int i = 0; i < numbers.Length; i++)
                sum[i] += factor * numbers[i];
        }
    }
}
