using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>
/// Weights go from PyTorch to here and back under PyTorch's names. The safetensors files beside this were written by
/// <c>pytorch.py save small</c> with Python's safetensors package. To read them needs no Python; the other tests do.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PyTorchTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private const int AttemptFourBatch = 2;

    private readonly TemporaryFolder folder = new();
    private readonly Device device = TestDevices.Get("cpu-512");

    public void Dispose() => folder.Dispose();

    [Test]
    public void WeightsThatPyTorchSavedMakeWhatTheyMadeThere()
    {
        using var network = SmallNetwork.Create(device, seed: 99);
        AssertMakesWhatPyTorchMade(network, ScriptFolder);
        Assert.That(
            network.Weights.OfType<Counter>().Single(counter => counter.Name == "conv2_bn.num_batches_tracked").Value,
            Is.EqualTo(1));
    }

    [Test]
    public void WeightsOfAttemptFourThatPyTorchSavesMakeWhatTheyMakeThere()
    {
        RunScript("save", "attempt4", folder.Root);
        using var network = GalaxyZooNetworks.Attempt(4).Create(device, AttemptFourBatch, seed: 99);
        AssertMakesWhatPyTorchMade(network, folder.Root);
    }

    [Test]
    public void WeightsThatAreSavedHereMakeTheSameInPyTorch()
    {
        using (var small = SmallNetwork.Create(device, seed: 7))
            SaveAfterAStep(small, folder.Path("small"));
        using (var attemptFour = GalaxyZooNetworks.Attempt(4).Create(device, AttemptFourBatch, seed: 7))
            SaveAfterAStep(attemptFour, folder.Path("attempt4"));
        RunScript("check", "small", folder.Path("small"), "attempt4", folder.Path("attempt4"));
    }

    private static string ScriptFolder => Path.Combine(TestContext.CurrentContext.TestDirectory, "Layers", "PyTorch");

    private static void AssertMakesWhatPyTorchMade(Sequential network, string folder)
    {
        network.Load(Path.Combine(folder, "weights.safetensors"));
        using var forward = Safetensors.Open(Path.Combine(folder, "forward.safetensors"));
        using var input = network.Device.Allocate(
            network.InputShape.Batch(network.MaxBatch), Numbers(forward, "input"));
        float[] output = network.Forward(input, Mode.Evaluation).ToArray();
        Assert.That(RelativeDifference.Of(output, Numbers(forward, "output")), Is.LessThan(Tolerance));
    }

    private static void SaveAfterAStep(Sequential network, string folder)
    {
        Directory.CreateDirectory(folder);
        var shape = network.InputShape.Batch(network.MaxBatch);
        using var input = network.Device.Allocate(shape, Values.Uniform(shape, seed: 50));
        network.Forward(input, Mode.Training); // moves the running statistics
        var output = network.Forward(input, Mode.Evaluation);
        network.Save(Path.Combine(folder, "weights.safetensors"));
        StateFile.Save(
            Path.Combine(folder, "forward.safetensors"),
            [new TensorState("input", input), new TensorState("output", output)]);
    }

    private static float[] Numbers(Safetensors file, string name) =>
        MemoryMarshal.Cast<byte, float>(file.BytesOf(name).AsSpan()).ToArray();

    private static void RunScript(params string[] arguments) =>
        Python.Run(Path.Combine(ScriptFolder, "pytorch.py"), arguments);
}
