namespace GalaxyNet.Tests;

/// <summary>Several steps of an optimizer against its formula in float64; the catalogue takes a single step.</summary>
[TestFixture]
internal sealed class OptimizerTests
{
    private const int Count = 37;
    private const int Steps = 4;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void AdamKeepsItsMoments(string name)
    {
        var device = TestDevices.Get(name);
        var adam = new Adam(device, beta1: 0.8f, beta2: 0.95f, epsilon: 1e-3f);
        using var parameters = device.Allocate([Count]);
        using var gradients = device.Allocate([Count]);
        using var first = device.Allocate([Count]);
        using var second = device.Allocate([Count]);
        double[] p = new double[Count], m = new double[Count], v = new double[Count];
        for (int step = 1; step <= Steps; step++)
        {
            float[] g = Values.Uniform([Count], step);
            gradients.CopyFrom(g);
            adam.Step(parameters, gradients, first, second, step, learningRate: 0.01f);
            for (int i = 0; i < Count; i++)
            {
                m[i] = (0.8 * m[i]) + (0.2 * g[i]);
                v[i] = (0.95 * v[i]) + (0.05 * g[i] * g[i]);
                double mean = m[i] / (1 - Math.Pow(0.8, step)), square = v[i] / (1 - Math.Pow(0.95, step));
                p[i] -= 0.01 * mean / (Math.Sqrt(square) + 1e-3);
            }
        }
        Assert.That(parameters.ToArray(), Is.EqualTo(p).Within(1e-6));
        Assert.That(first.ToArray(), Is.EqualTo(m).Within(1e-6));
        Assert.That(second.ToArray(), Is.EqualTo(v).Within(1e-6));
    }

    [Test]
    public void AdamCountsFromOne()
    {
        var device = TestDevices.Get("cpu-512");
        using var tensor = device.Allocate([1]);
        Assert.That(
            () => new Adam(device).Step(tensor, tensor, tensor, tensor, 0, 0.001f),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void MomentumBuildsUp(string name)
    {
        var device = TestDevices.Get(name);
        var sgd = new SgdMomentum(device, momentum: 0.5f);
        using var parameters = device.Allocate([1], [1f]);
        using var gradients = device.Allocate([1], [2f]);
        using var velocity = device.Allocate([1]);
        sgd.Step(parameters, gradients, velocity, learningRate: 0.1f);
        Assert.That(parameters.ToArray()[0], Is.EqualTo(1f - 0.2f).Within(1e-6f));
        sgd.Step(parameters, gradients, velocity, learningRate: 0.1f);
        Assert.That(parameters.ToArray()[0], Is.EqualTo(1f - 0.2f - 0.3f).Within(1e-6f));
        Assert.That(velocity.ToArray()[0], Is.EqualTo(3f));
    }
}
