using ILGPU.Runtime.CPU;

namespace GalaxyNet.Tests;

/// <summary>
/// The whole of attempt 4, at its real size, on the GPU schedules in real groups of 64 threads, against the CPU
/// schedules, which <see cref="GoldenNetworkTests"/> holds to PyTorch.
/// </summary>
/// <remarks>
/// The simulator is the faster the more work lies between two barriers, so large tiles are fast there as on a GPU. But
/// each simulated thread is one of the system's: groups of 64, whose largest tile is 64x64, take two thirds of the time
/// of groups of 128.
/// </remarks>
[TestFixture, Exhaustive]
internal sealed class AttemptFourOnTheSimulatorTests
{
    private const int Batch = 2;
    private const double Tolerance = 1e-4;
    // One whose pooling windows have no two maxima that are equal in float32. With 42 there are four such windows, and
    // each device chooses otherwise than float64 in one of them; apart from these, its gradients are those of float64
    // to 1.3e-5.
    private const ulong Seed = 1;

    private static readonly float[] EqualWeights =
        [.. Enumerable.Repeat(1f / GalaxyZooNetworks.Classes, GalaxyZooNetworks.Classes)];

    [Test]
    public void OneStepAgreesWithTheCpu()
    {
        using var simulator = Device.OpenSimulator(new CPUDevice(32, 2, 2), CPUAcceleratorMode.Auto);
        var expected = Step(TestDevices.Get("cpu-128"));
        var actual = Step(simulator);
        var errors = expected.ToDictionary(
            pair => pair.Key, pair => RelativeDifference.Of(actual[pair.Key], pair.Value));
        foreach (var (name, error) in errors)
            TestContext.Out.WriteLine($"{name}: a relative difference of {error:e1}");
        Assert.That(errors.Values, Has.All.LessThan(Tolerance));
    }

    private static Dictionary<string, float[]> Step(Device device)
    {
        var attempt = GalaxyZooNetworks.Attempt(4);
        using var network = attempt.Create(device, Batch, Seed);
        using var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, EqualWeights);
        var inputShape = attempt.InputShape.Batch(Batch);
        Shape targetShape = [Batch, GalaxyZooNetworks.Classes];
        using var input = device.Allocate(inputShape, Values.Between(0f, 1f)(inputShape, 1));
        using var target = device.Allocate(targetShape, Values.Between(0f, 1f)(targetShape, 2));
        var results = new Dictionary<string, float[]> { ["output"] = step.Run(input, target).ToArray() };
        results["loss"] = [step.ReadLoss()];
        // The gradient of a bias before a batch normalization is zero but for rounding.
        string[] normalized = ["conv2.bias", "conv3.bias"];
        foreach (var parameter in network.Parameters.Where(parameter => !normalized.Contains(parameter.Name)))
            results[$"gradient of {parameter.Name}"] = parameter.Gradient.ToArray();
        return results;
    }
}
