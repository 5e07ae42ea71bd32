namespace GalaxyNet.Tests;

/// <summary>
/// What the gradients do not show: running statistics, evaluation, the variance's digits, what is refused.
/// </summary>
[TestFixture]
internal sealed class BatchNorm2dTests
{
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheRunningStatisticsMoveByTheMomentum(string device)
    {
        using var layer = new Layer(TestDevices.Get(device), [2, 1, 1, 2], [1f, 2f, 3f, 6f]);
        layer.ForwardTraining();
        Assert.That(layer.RunningMean.ToArray(), Is.EqualTo([0.1f * 3f]).Within(1e-6f));
        Assert.That(layer.RunningVariance.ToArray(), Is.EqualTo([0.9f + (0.1f * 14f / 3f)]).Within(1e-6f), "unbiased");
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void EvaluationUsesTheRunningStatisticsAndLeavesThemAlone(string device)
    {
        using var layer = new Layer(TestDevices.Get(device), [1, 1, 1, 2], [3f, 5f]);
        layer.RunningMean.CopyFrom([1f]);
        layer.RunningVariance.CopyFrom([4f]);
        layer.ForwardEvaluation();
        Assert.That(layer.Output.ToArray(), Is.EqualTo([1f, 2f]).Within(1e-5f));
        Assert.That(layer.RunningMean.ToArray(), Is.EqualTo([1f]));
        Assert.That(layer.RunningVariance.ToArray(), Is.EqualTo([4f]));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void AMeanFarFromZeroLeavesTheVarianceItsDigits(string device)
    {
        Shape shape = [64, 1, 16, 16];
        float[] values = Array.ConvertAll(Values.Uniform(shape, 1), u => 1000f + u);
        using var layer = new Layer(TestDevices.Get(device), shape, values);
        layer.ForwardTraining();
        double mean = values.Average(value => (double)value);
        double variance = values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1);
        Assert.That(layer.RunningVariance.ToArray()[0], Is.EqualTo(0.9 + (0.1 * variance)).Within(1e-6));
        Assert.That(layer.Output.ToArray()[0], Is.EqualTo((values[0] - mean) / Math.Sqrt(variance)).Within(1e-3));
    }

    /// <summary>Few parts are joined by the forward pass, many by a launch before it.</summary>
    [Test]
    public void AnyNumberOfPartsGivesTheMomentsOfTheWhole(
        [ValueSource(typeof(TestDevices), nameof(TestDevices.NamesOfGpuSchedule))] string name,
        [Values(1, 2, 40, 1024, 1025, 1500)] int parts)
    {
        const int CountOfPart = 3;
        int count = (CountOfPart * parts) - 1;
        var device = TestDevices.Get(name);
        float[] values = Values.Between(10f, 11f)([count], 1);
        using var moments = new ChannelMoments(device);
        moments.Resize(parts, 1, CountOfPart);
        var means = values.Chunk(CountOfPart).Select(part => part.Average()).ToArray();
        moments.Means.CopyFromHost(means);
        moments.Squares.CopyFromHost(
            [.. values.Chunk(CountOfPart).Zip(means, (part, mean) => part.Sum(x => (x - mean) * (x - mean)))]);
        using Layer expected = new(device, [count, 1, 1, 1], values), actual = new(device, [count, 1, 1, 1], values);
        expected.ForwardTraining();
        actual.ForwardTraining(moments);
        Assert.That(actual.RunningMean.ToArray(), Is.EqualTo(expected.RunningMean.ToArray()).Within(1e-6f));
        Assert.That(actual.RunningVariance.ToArray(), Is.EqualTo(expected.RunningVariance.ToArray()).Within(1e-6f));
        Assert.That(RelativeDifference.Of(actual.Output.ToArray(), expected.Output.ToArray()), Is.LessThan(1e-5));
    }

    [Test]
    public void OneValueAChannelCannotBeTrainedOn()
    {
        using var layer = new Layer(TestDevices.Get("cpu-512"), [1, 1, 1, 1], [1f]);
        Assert.That(layer.ForwardTraining, Throws.ArgumentException.With.Message.Contains("more than one value"));
        Assert.That(layer.ForwardEvaluation, Throws.Nothing);
    }

    [Test]
    public void BackwardNeedsForwardTraining()
    {
        using var layer = new Layer(TestDevices.Get("cpu-512"), [1, 1, 1, 2], [1f, 2f]);
        layer.ForwardEvaluation();
        Assert.That(layer.Backward, Throws.InvalidOperationException);
    }

    [Test]
    public void AnotherNumberOfChannelsIsRefused()
    {
        var device = TestDevices.Get("cpu-512");
        using var layer = new Layer(device, [1, 1, 1, 2], [1f, 2f]);
        using var norm = new BatchNorm2d(device, 3);
        Assert.That(
            () => norm.ForwardEvaluation(
                layer.Output, layer.Output, layer.Output, layer.Output, layer.Output, layer.Output),
            Throws.ArgumentException.With.Message.Contains("1x1x1x2, but the operation needs 1x3x1x2"));
    }

    /// <summary>One channel with weight 1 and bias 0.</summary>
    private sealed class Layer : IDisposable
    {
        private readonly BatchNorm2d norm;
        private readonly Tensor input;
        private readonly Tensor weight;
        private readonly Tensor bias;

        public Layer(Device device, Shape shape, float[] values)
        {
            norm = new BatchNorm2d(device, 1);
            input = device.Allocate(shape, values);
            weight = device.Allocate([1], [1f]);
            bias = device.Allocate([1]);
            RunningMean = device.Allocate([1]);
            RunningVariance = device.Allocate([1], [1f]);
            Output = device.Allocate(shape);
        }

        public Tensor RunningMean { get; }

        public Tensor RunningVariance { get; }

        public Tensor Output { get; }

        public void ForwardTraining() => ForwardTraining(null);

        public void ForwardTraining(ChannelMoments? moments) =>
            norm.ForwardTraining(input, weight, bias, RunningMean, RunningVariance, Output, moments);

        public void ForwardEvaluation() =>
            norm.ForwardEvaluation(input, weight, bias, RunningMean, RunningVariance, Output);

        public void Backward() => norm.Backward(input, Output, weight, Output, weight, bias);

        public void Dispose()
        {
            foreach (var tensor in new[] { input, weight, bias, RunningMean, RunningVariance, Output })
                tensor.Dispose();
            norm.Dispose();
        }
    }
}
