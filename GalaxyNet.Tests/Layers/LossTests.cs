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
}
