using static GalaxyNet.Tests.BenchmarkCommand;

namespace GalaxyNet.Tests;

/// <summary><c>ptx --ptxas</c>, with scripts in the place of NVIDIA's programs: they answer as recorded.</summary>
[TestFixture]
internal sealed class PtxasTests
{
    [Test]
    public void RegistersAndTheLoopStandAboveTheText()
    {
        using var folder = new TemporaryFolder();
        CudaToolkit.Pretend(folder, "ptxas", CudaToolkit.Log);
        CudaToolkit.Pretend(folder, "cuobjdump", CudaToolkit.MachineCode);
        var (exitCode, output, error) = Show("--ptxas", folder.Root);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain("168 registers, 96 bytes of them spilled"));
        Assert.That(output, Does.Contain("a multiprocessor has room for 8 warps"));
        Assert.That(output, Does.Contain("Its hottest loop: 11 instructions, 18.2 % of them FMAs"));
    }

    [Test]
    public void WithoutCuobjdumpBesideItThereIsNoLoop()
    {
        using var folder = new TemporaryFolder();
        string ptxas = CudaToolkit.Pretend(folder, "ptxas", CudaToolkit.Log);
        var (exitCode, output, error) = Show("--ptxas", ptxas);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain("168 registers").And.Not.Contain("hottest loop"));
    }

    [Test]
    public void ATargetThatItDoesNotKnowIsOneLine()
    {
        using var folder = new TemporaryFolder();
        CudaToolkit.Pretend(
            folder, "ptxas", "ptxas fatal   : Value 'sm_120' is not defined for option 'gpu-name'", exitCode: 255);
        ExpectError(
            Show("--sm", "120", "--ptxas", folder.Root),
            "failed on relu.Forward for sm_120: Value 'sm_120' is not defined for option 'gpu-name'; choose an --sm");
    }

    [Test]
    public void AnotherProgramIsOneLine()
    {
        using var folder = new TemporaryFolder();
        ExpectError(Show("--ptxas", CudaToolkit.Pretend(folder, "ptxas", "hello")), "does not answer as ptxas does");
    }

    [Test]
    public void AFileThatIsNoProgramIsOneLine()
    {
        using var folder = new TemporaryFolder();
        ExpectError(Show("--ptxas", folder.Write("ptxas", "text")), "cannot be run");
    }

    [Test]
    public void AFolderWithoutItIsOneLine()
    {
        using var folder = new TemporaryFolder();
        ExpectError(Show("--ptxas", folder.Root), "no ptxas there");
    }

    private static ProgramRun Show(params string[] options) => Run(["ptx", "--show", "relu.Forward", .. options]);

    private static void ExpectError(ProgramRun run, string message)
    {
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(run.Error, Does.Contain(message));
    }
}
