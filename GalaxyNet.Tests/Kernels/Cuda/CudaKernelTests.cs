using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>
/// The tests that run on every device, on ILGPU's CUDA accelerator without a GPU: the driver interprets the kernels. In
/// a process of their own, since this one has looked for a driver and found none.
/// </summary>
[TestFixture]
internal sealed partial class CudaKernelTests
{
    private const string Some =
        "Name~EveryDeviceAgreesWithTheReference"
        + "&(Name~dense|((Name~batch_norm2d|Name~adam|Name~dropout)&Name!~tf32))";
    private const string Training = "Name~EveryDeviceTakesTheSameSteps"; // with all kinds of layers
    private const string Graphs = "FullyQualifiedName~LaunchGraphTests|FullyQualifiedName~RepeatedPassesTests";

    [Test, Exhaustive]
    public void SomeKernelsComputeWhatTheyShould() => AssertPass($"({Some})|{Training}|{Graphs}", least: 30);

    [TestCase("FullyQualifiedName~AgreementTests", 160)]
    [TestCase("FullyQualifiedName~TileTests", 15)]
    [TestCase("FullyQualifiedName~GradientTests", 50)]
    [TestCase("FullyQualifiedName~LadderTests", 5)]
    [TestCase(
        "(FullyQualifiedName~Golden|FullyQualifiedName~Conv2d|FullyQualifiedName~Resampling|FullyQualifiedName~Rotation"
        + "|FullyQualifiedName~BatchNorm|FullyQualifiedName~Sequential"
        + "|FullyQualifiedName~Loss|FullyQualifiedName~Epilogue)&Name!~Network", 20)]
    [Exhaustive]
    public void AllKernelsComputeWhatTheyShould(string filter, int least) => AssertPass(filter, least);

    /// <summary>A kernel that reads past the end of its input, put where compiled ones are kept.</summary>
    [Test]
    public void AKernelThatReadsPastTheEndIsNamed()
    {
        using var cache = new TemporaryFolder();
        using var machine = new StubMachine("h100") { RunsKernels = true, CacheFolder = cache.Root };
        Assert.That(machine.Train("gradcheck", "--operation", "relu").ExitCode, Is.Zero);
        string path = Directory.GetFiles(cache.Root, "relu.Forward*", SearchOption.AllDirectories).Single();
        string text = File.ReadAllText(path);
        string wrong = FirstLoad().Replace(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], "$1+4096]", 1);
        string checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wrong)));
        File.WriteAllText(path, $"// SHA-256 of the rest: {checksum}\n{wrong}");
        var run = machine.Train("gradcheck", "--operation", "relu");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("an illegal memory access was encountered"));
        const string fault = "Kernel_relu_Forward, PTX line ";
        Assert.That(
            run.ErrorLines, Has.Exactly(1).StartsWith($"PTX fault: {fault}").And.Contains("allocation of 4"));
        var recorded = machine.Record.Calls.Single(call => call.Name == "fault");
        Assert.That(recorded.Details.GetProperty("message").GetString(), Does.StartWith(fault));
    }

    [Test, Exhaustive]
    public void ACommandRunsOnTheInterpreter()
    {
        _ = StubLibrary.Folder; // or there is no gcc
        string script = Path.Combine(AppContext.BaseDirectory, "Kernels", "Cuda", "Stub", "on-interpreter");
        string[] command = [script, ProgramProcess.Dotnet, typeof(TrainProgram).Assembly.Location];
        var run = ProgramRun.Of(new ProcessStartInfo("bash", [.. command, "gradcheck", "--operation", "relu"]));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("Checking gradients on NVIDIA H100"));
    }

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

    [GeneratedRegex(@"(ld\.f32\t%f\d+, \[%rd\d+)\]")]
    private static partial Regex FirstLoad();
}
