namespace GalaxyNet.Tests;

/// <summary>NVIDIA GPUs are found wherever they are, and where they are not the programs say why.</summary>
[TestFixture]
internal sealed class CudaDriverTests
{
    private static readonly string[][] Faults =
    [
        ["init-34", "CUDA_ERROR_STUB_LIBRARY", "LD_LIBRARY_PATH"],
        ["init-35", "CUDA_ERROR_INSUFFICIENT_DRIVER", "update the driver"],
        ["init-100", "CUDA_ERROR_NO_DEVICE", "finds no GPU"],
        ["init-802", "CUDA_ERROR_SYSTEM_NOT_READY", "nvidia-fabricmanager"],
        ["init-803", "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "restart the machine"],
        ["init-804", "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE", "forward compatibility"],
        ["init-999", "CUDA_ERROR_UNKNOWN", "nvidia-smi"],
        ["init-101", "CUDA_ERROR_INVALID_DEVICE", "nvidia-smi"],
        ["old-driver", "too old for ILGPU: it knows CUDA 8.0", "RTX 2060 needs 10.0"],
        ["old-gpu", "no GPU of compute capability 3.0", "ILGPU"],
    ];

    /// <summary>Each needs a process: one of each kind is enough.</summary>
    private static IEnumerable<TestCaseData> FaultsOfEachKind => Faults.Select(
        fault => new TestCaseData(fault).InDefaultTier(fault[0] is "init-802" or "old-driver"));

    [TestCaseSource(nameof(FaultsOfEachKind))]
    public void DevicesSaysWhyThereIsNoCuda(string driver, string fault, string advice)
    {
        using var machine = new StubMachine(driver);
        Assert.That(
            machine.Train("devices").Output.ReplaceLineEndings("\n").Split('\n'),
            Has.Exactly(1).StartsWith("No CUDA: ").And.Contains(fault).And.Contains(advice));
    }

    [Test]
    public void DevicesSaysWhyInJsonToo()
    {
        using var machine = new StubMachine("init-802");
        Assert.That(
            machine.Train("devices", "--json").Json.GetProperty("why_no_cuda").GetString(), Does.Contain("802"));
    }

    [TestCaseSource(nameof(FaultsOfEachKind))]
    public void WhoAsksForCudaIsToldWhyThereIsNone(string driver, string fault, string advice)
    {
        using var machine = new StubMachine(driver);
        machine.Train("gradcheck", "--device", "cuda")
            .AssertRefused(1, "This machine has no cuda device: ", fault, advice, "It has: cpu (");
    }

    [TestCaseSource(nameof(FaultsOfEachKind))]
    public void AutoSaysWhyItIsTheCpu(string driver, string fault, string advice)
    {
        using var machine = new StubMachine(driver);
        var run = machine.Train("gradcheck", "--operation", "relu");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            run.ErrorLines, Has.Exactly(1).StartsWith("Computing on CPU").And.Contains(fault).And.Contains(advice));
    }

    [Test]
    public void WithoutADriverAutoIsSilent()
    {
        if (CudaDriver.Current.IsInstalled)
            Assert.Ignore("This machine has a driver.");
        var run = ProgramRun.Good("gradcheck", "--operation", "relu");
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1).And.Some.StartsWith("Checking gradients on CPU"));
        Assert.That(ProgramRun.Good("devices").Output, Does.Contain("No CUDA: no NVIDIA driver is installed"));
    }

    [Test]
    public void TheLibraryOfTheDriverAloneIsEnough()
    {
        if (CudaDriver.Current.IsInstalled)
            Assert.Ignore("This machine has a driver, which may be found first.");
        using var machine = new StubMachine("h100") { LibraryFolder = StubLibrary.Folder };
        Assert.That(machine.Train("devices").Output, Does.Contain("cuda:0     NVIDIA H100 80GB HBM3"));
    }

    [Test]
    public void EveryGpuIsListedWithWhatToType()
    {
        using var machine = new StubMachine("two");
        var devices = machine.Train("devices", "--json").Json.GetProperty("devices").EnumerateArray();
        Assert.That(
            devices.Select(device => $"{device.GetProperty("device")}, {device.GetProperty("name")}").Take(2),
            Is.EqualTo(["cuda:0, NVIDIA H100 80GB HBM3", "cuda:1, NVIDIA GeForce RTX 2060"]));
    }

    [TestCase("auto", "NVIDIA H100")]
    [TestCase("cuda", "NVIDIA H100", Category = ExhaustiveAttribute.Name)]
    [TestCase("cuda:1", "NVIDIA GeForce RTX 2060", Category = ExhaustiveAttribute.Name)]
    public void OneOfSeveralGpusIsChosenByItsNumber(string device, string name)
    {
        using var machine = new StubMachine("two");
        string[] lines = machine.Train("gradcheck", "--operation", "relu", "--device", device).ErrorLines;
        Assert.That(lines, Has.Length.EqualTo(1).And.Some.Contains($"Checking gradients on {name}"));
    }

    [Test]
    public void ANumberThatIsTooLargeIsOneClearLine()
    {
        using var machine = new StubMachine("two");
        machine.Benchmark("throughput", "--device", "cuda:2").AssertRefused(
            1, "no cuda:2 device. It has: cuda:0 (NVIDIA H100 80GB HBM3); cuda:1 (NVIDIA GeForce RTX 2060); cpu (");
    }

    [TestCase("cuda:")]
    [TestCase("cuda:first")]
    [TestCase("cuda:-1")]
    [TestCase("cuda:1:2")]
    [TestCase("cpu:1")]
    [TestCase("")]
    public void AWrongWordIsOneUsageLine(string device) =>
        ProgramRun.Of("gradcheck", "--device", device).AssertRefused(2, $"--device '{device}'", "cuda:1");
}
