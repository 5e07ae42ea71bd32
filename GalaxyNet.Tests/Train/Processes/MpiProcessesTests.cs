namespace GalaxyNet.Tests;

/// <summary>What processes that mpirun has started do together, with both libraries.</summary>
[TestFixture]
internal sealed class MpiProcessesTests
{
    private const int Killed = 9;

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void AllGetWhatTheOthersHave(string launcher) =>
        AssertRight(launcher, processes: 3, nameof(MpiCollectives), 300_000);

    [Test, Exhaustive]
    public void AnyNumberOfProcessesGetsAnyLength(
        [ValueSource(typeof(MpiLauncher), nameof(MpiLauncher.Names))] string launcher,
        [Values(1, 2, 3, 4)] int processes) =>
        AssertRight(launcher, processes, nameof(MpiCollectives), 9_000_000);

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested)), Exhaustive]
    public void ALongComputationIsWaitedFor(string launcher) =>
        AssertRight(launcher, processes: 2, nameof(MpiProgram.Compute), number: 1);

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void OneThatFailsEndsAllWithItsLine(string launcher) =>
        AssertFailed(launcher, rank: 2, $"Process 2 on {Environment.MachineName}: It went wrong");

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested)), Exhaustive]
    public void TheFirstOneSaysItsLineAsItIs(string launcher) => AssertFailed(launcher, rank: 0, "It went wrong");

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void AllThatFailAlikeSayItOnce(string launcher) => AssertFailed(launcher, rank: 3, "It went wrong");

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested)), Exhaustive]
    public void OneThatIsDoneBeforeTheOthersEndsAll(string launcher)
    {
        var run = MpiLauncher.RunTest(launcher, processes: 3, nameof(MpiProgram.Leave), number: 1);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.ErrorLines,
            Has.Exactly(1).EqualTo($"Process 1 on {Environment.MachineName} has ended before the others"));
    }

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested)), Exhaustive]
    public void ThoseThatWaitForAnInterruptedOneAreInterrupted(string launcher)
    {
        var run = MpiLauncher.RunTest(launcher, processes: 3, nameof(MpiProgram.Interrupt), number: 1);
        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(run.ErrorLines, Has.Exactly(1).EqualTo("Interrupted"));
    }

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void OneThatIsKilledEndsAll(string launcher)
    {
        var run = MpiLauncher.RunTest(launcher, processes: 3, nameof(MpiProgram.Die), number: 1);
        Assert.That(run.ExitCode & 127, Is.EqualTo(Killed), run.Error); // Open MPI tells it as shells do
        Assert.That(run.Output, Does.Not.Contain(nameof(MpiProgram.Die)));
    }

    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested))]
    public void ExitCodesAreKept(string launcher) =>
        Assert.That(MpiLauncher.RunTest(launcher, processes: 2, "Exit", number: 143).ExitCode, Is.EqualTo(143));

    private static void AssertRight(string launcher, int processes, string program, int number)
    {
        var run = MpiLauncher.RunTest(launcher, processes, program, number);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo($"{program} on {processes}\n"));
    }

    private static void AssertFailed(string launcher, int rank, string line)
    {
        var run = MpiLauncher.RunTest(launcher, processes: 3, nameof(MpiProgram.Fail), rank);
        Assert.That(run.ExitCode, Is.EqualTo(MpiProgram.ExitCode), run.Error);
        Assert.That(run.ErrorLines.Where(each => each.Contains("went wrong")), Is.EqualTo([line]));
        Assert.That(run.Output, Is.Empty);
    }
}
