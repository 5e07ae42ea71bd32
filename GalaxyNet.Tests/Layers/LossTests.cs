using Shapes;

namespace GalaxyNet.Tests;

/// <summary>A training step takes any loss: here mostly the <see cref="CrossEntropy"/> of a sample program.</summary>
[TestFixture]
internal sealed class LossTests
{
    private const double Tolerance = 5e-3;

    private static readonly Shape Batch = [SmallNetwork.MaxBatch, SmallNetwork.Outputs];
    private static readonly float[] Outputs = Values.Between(0.1f, 0.9f)(Batch, 1);

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheGradientAgreesWithFiniteDifferences(string name)
    {
        var device = TestDevices.Get(name);
        var crossEntropy = new CrossEntropy(device);
        using Tensor output = device.Allocate(Batch, Outputs), target = SmallNetwork.Target(device);
        using Tensor loss = device.Allocate([1]), gradient = device.Allocate(Batch);
        double Loss()
        {
            crossEntropy.Forward(output, target, loss);
            return loss.ToArray()[0];
        }

        crossEntropy.Backward(output, target, gradient);
        float[] expected =
            [.. Enumerable.Range(0, output.Count).Select(i => NetworkGradientTests.Difference(output, i, Loss))];
        Assert.That(RelativeDifference.Of(gradient.ToArray(), expected), Is.LessThan(Tolerance));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void InOneLaunchTheSquaredErrorHasTheSameBits(string name)
    {
        var device = TestDevices.Get(name);
        Shape shape = [70, 37]; // more numbers than a group has threads
        var error = new WeightedMse(device);
        using Tensor output = Fill(shape, 1), target = Fill(shape, 2), weights = Fill([37], 3);
        target.CopyFrom([.. target.ToArray().Select((t, i) => i % 5 == 0 ? float.NaN : t)]);
        using Tensor loss = device.Allocate([1]), gradient = device.Allocate(shape);
        using Tensor lossAtOnce = device.Allocate([1]), gradientAtOnce = device.Allocate(shape);
        error.Forward(output, target, weights, loss);
        error.Backward(output, target, weights, gradient);
        error.ForwardAndBackward(output, target, weights, lossAtOnce, gradientAtOnce);
        Assert.That(lossAtOnce.ToArray(), Is.EqualTo(loss.ToArray()));
        Assert.That(gradientAtOnce.ToArray(), Is.EqualTo(gradient.ToArray()));

        new Sigmoid(device).Backward(output, gradient, gradient);
        error.ForwardAndBackwardThroughSigmoid(output, target, weights, lossAtOnce, gradientAtOnce);
        Assert.That(lossAtOnce.ToArray(), Is.EqualTo(loss.ToArray()));
        Assert.That(gradientAtOnce.ToArray(), Is.EqualTo(gradient.ToArray()));

        Tensor Fill(Shape shape, int seed) => device.Allocate(shape, Values.Uniform(shape, seed));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void WhatIsNotKnownAddsNothingWhateverTheOutput(string name)
    {
        var error = new Error(
            TestDevices.Get(name),
            output: [0.5f, float.NaN, 0.9f, 0.4f, float.PositiveInfinity, 0.7f],
            target: [1f, float.NaN, 0.5f, float.NaN, float.NaN, float.NaN]);
        Assert.Multiple(() =>
        {
            Assert.That(error.Losses, Has.All.EqualTo(((0.75 * 0.25) + (0.75 * 0.16)) / 3).Within(1e-6));
            Assert.That(error.Gradient, Is.EqualTo(new[] { -0.25, 0, 0.2, 0, 0, 0 }).Within(1e-6));
            Assert.That(error.GradientThroughSigmoid, Is.EqualTo(new[] { -0.0625, 0, 0.018, 0, 0, 0 }).Within(1e-6));
            Assert.That(error.Gradient.Concat(error.GradientThroughSigmoid).Count(g => g == 0), Is.EqualTo(8));
        });
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void AnOutputThatIsNaNShowsWhereTheTargetIsKnown(string name)
    {
        var error = new Error(
            TestDevices.Get(name),
            output: [0.5f, float.NaN, 0.9f, 0.4f, 0.3f, 0.7f],
            target: [float.NaN, 0.5f, 0.5f, float.NaN, float.NaN, float.NaN]);
        Assert.Multiple(() =>
        {
            Assert.That(error.Losses, Has.All.NaN);
            Assert.That(error.Gradient[1], Is.NaN);
            Assert.That(error.GradientThroughSigmoid[1], Is.NaN);
        });
    }

    [Test]
    public void ATrainingStepReducesTheLoss()
    {
        var device = TestDevices.Get("cpu-512");
        using var network = SmallNetwork.Create(device);
        using var optimizer = new AdamOptimizer(network, 1e-2f);
        using var step = new TrainingStep(network, optimizer, new CrossEntropy(device)) { ReadsEachLoss = true };
        using Tensor input = SmallNetwork.Input(device), target = SmallNetwork.Target(device);
        float[] t = target.ToArray();
        double expected = step.Run(input, target).ToArray()
            .Select((o, i) => -(t[i] * Math.Log(o)) - ((1 - t[i]) * Math.Log(1 - o))).Sum() / SmallNetwork.MaxBatch;
        float first = step.ReadLoss();
        Assert.That(first, Is.EqualTo(expected).Within(1e-5));
        for (int i = 0; i < 60; i++)
            step.Run(input, target);
        Assert.That(step.ReadLoss(), Is.LessThan(0.9f * first));
    }

    /// <summary>What the squared error makes of three rows of two columns, in every way to ask for it.</summary>
    private sealed class Error
    {
        public Error(Device device, float[] output, float[] target)
        {
            Shape shape = [3, 2];
            var error = new WeightedMse(device);
            using Tensor o = device.Allocate(shape, output), t = device.Allocate(shape, target);
            using Tensor weights = device.Allocate([2], [0.75f, 0.25f]);
            using Tensor loss = device.Allocate([1]), gradient = device.Allocate(shape);
            error.Forward(o, t, weights, loss);
            Losses.Add(loss.ToArray()[0]);
            error.Backward(o, t, weights, gradient);
            Gradient = gradient.ToArray();
            error.ForwardAndBackward(o, t, weights, loss, gradient);
            Losses.Add(loss.ToArray()[0]);
            Assert.That(gradient.ToArray(), Is.EqualTo(Gradient));
            error.ForwardAndBackwardThroughSigmoid(o, t, weights, loss, gradient);
            Losses.Add(loss.ToArray()[0]);
            GradientThroughSigmoid = gradient.ToArray();
        }

        public List<float> Losses { get; } = [];

        public float[] Gradient { get; }

        public float[] GradientThroughSigmoid { get; }
    }
}
