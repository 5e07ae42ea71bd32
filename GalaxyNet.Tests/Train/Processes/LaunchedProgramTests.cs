namespace GalaxyNet.Tests;

/// <summary>The program, started several times together by mpirun.</summary>
[TestFixture]
internal sealed class LaunchedProgramTests
{
    private const int UserError = 1;
    private const int UsageError = 2;

    private static string Program => typeof(TrainProgram).Assembly.Location;

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void OnlyTheFirstOneSpeaks(string launcher)
    {
        var run = MpiLauncher.Run(launcher, processes: 2, Program, "devices", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(
            run.Json.GetProperty("mpi").EnumerateArray().Select(each => each.GetProperty("version").GetString()),
            Has.Some.StartsWith(launcher));
        Assert.That(run.Error, Is.Empty);
    }

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void ACommandForOneProcessIsRefusedInALine(string launcher)
    {
        var run = MpiLauncher.Run(launcher, processes: 2, Program, "summary");
        Assert.That(run.ExitCode, Is.EqualTo(UsageError));
        Assert.That(run.Output, Is.Empty);
        Assert.That(
            run.ErrorLines,
            Has.Exactly(1).EqualTo(
                "summary is for one process, but 2 were started together: start it without the launcher. "
                + "(see --help)"));
    }

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void AnErrorIsToldOnce(string launcher)
    {
        using var folder = new TemporaryFolder();
        var run = MpiLauncher.Run(
            launcher, processes: 2, Program, "train", "--data", folder.Path("none"), "--out", folder.Path("run"));
        Assert.That(run.ExitCode, Is.EqualTo(UserError));
        Assert.That(run.ErrorLines, Has.Exactly(1).Contains(folder.Path("none")));
    }

    // What no launcher has started is alone, whatever it is told: the library is of none that has started two.
    [TestCase(MpiLauncher.OpenMpi, "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK")]
    [TestCase(MpiLauncher.Mpich, "PMI_SIZE", "PMI_RANK")]
    public void ALibraryOfAnotherLauncherIsToldInALine(string launcher, string size, string rank)
    {
        _ = new MpiLauncher(launcher).Program;
        RunAsRank(0).AssertRefused(
            UserError, "mpirun started 2 processes, but", launcher, "knows of 1", "LD_LIBRARY_PATH");
        var other = RunAsRank(1);
        Assert.That((other.ExitCode, other.Output, other.Error), Is.EqualTo((UserError, "", "")));

        ProgramRun RunAsRank(int number)
        {
            var start = MpiLauncher.Start(ProgramProcess.Dotnet, [Program, "devices"]);
            (start.Environment[size], start.Environment[rank]) = ("2", $"{number}");
            return ProgramRun.Of(start);
        }
    }

    [Test]
    public void NoLibraryIsToldInALine() =>
        Assert.That(
            new Launcher("mpirun", MpiKind.OpenMpi, Rank: 0, Size: 4).WhyNoLibrary,
            Does.StartWith("mpirun started 4 processes, but ").And.Contain("is not found: install "));
}
