using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>
/// The tests that run on every device, on ILGPU's CUDA accelerator without a GPU: the driver interprets the kernels. In
/// a process of their own, since this one has looked for a driver and found none.
/// </summary>
[TestFixture, Parallelizable]
internal sealed partial class CudaKernelTests
{
    private const string Some = "Name~EveryDeviceAgreesWithTheReference&(Name~dense|Name~batch_norm2d|Name~adam|Name~dropout)";
    private const string Training = "Name~EveryDeviceTakesTheSameSteps"; // with all kinds of layers

    [Test]
    public void SomeKernelsComputeWhatTheyShould() => AssertPass($"({Some})|{Training}", least: 20);

    [TestCase("FullyQualifiedName~AgreementTests", 160)]
    [TestCase("FullyQualifiedName~TileTests", 15)]
    [TestCase("FullyQualifiedName~GradientTests", 50)]
    [TestCase("FullyQualifiedName~LadderTests", 5)]
    [TestCase(
        "(FullyQualifiedName~Golden|FullyQualifiedName~Conv2d|FullyQualifiedName~Rotation|FullyQualifiedName~BatchNorm"
        + "|FullyQualifiedName~Sequential|FullyQualifiedName~Loss|FullyQualifiedName~Epilogue)&Name!~Network", 20)]
    [Exhaustive]
    public void AllKernelsComputeWhatTheyShould(string filter, int least) => AssertPass(filter, least);

    private static void AssertPass(string filter, int least)
    {
        using var machine = new StubMachine("h100") { RunsKernels = true };
        var run = machine.Test($"Name~cuda&({filter})");
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(int.Parse(Passed().Match(run.Output).Groups[1].Value), Is.AtLeast(least), run.Output);
        Assert.That(machine.Record.Calls.Where(call => call.Name == "fault"), Is.Empty);
        Assert.That(machine.Record.Launches, Is.Not.Empty);
    }

    [GeneratedRegex(@"Passed: +(\d+)")]
    private static partial Regex Passed();
}
