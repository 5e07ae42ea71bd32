using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>A launcher of MPI that a machine may have.</summary>
/// <param name="Name">Which one.</param>
internal sealed record MpiLauncher(string Name)
{
    // What is to end is over in a second or two; the rest is for several to start on a loaded machine.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // Debian's names, then the common one, which belongs to either.
    private static readonly Dictionary<string, (string Own, string Mark, string[] Options)> Known = new()
    {
        [OpenMpi] = ("mpirun.openmpi", "Open MPI", ["--oversubscribe"]),
        [Mpich] = ("mpirun.mpich", "HYDRA", []),
    };

    private static readonly (string Name, string Value)[] Variables =
    [
        ("OMPI_ALLOW_RUN_AS_ROOT", "1"),
        ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
        ("TERM", "dumb"), // Open MPI gives each process a terminal, to which .NET would say more than it is asked
    ];

    public const string OpenMpi = "Open MPI";

    public const string Mpich = "MPICH";

    /// <summary>All that are tested.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The same for slow tests, of which the default tier has one.</summary>
    public static IEnumerable<TestCaseData> SlowlyTested =>
        Names.Select(name => new TestCaseData(name).InDefaultTier(name == OpenMpi));

    /// <summary>Has several processes run a program of the tests.</summary>
    public static ProgramRun RunTest(string launcher, int processes, string program, int number) =>
        Run(launcher, processes, typeof(MpiProgram).Assembly.Location, program, $"{number}");

    /// <summary>Has several processes run a program of .NET.</summary>
    /// <param name="launcher">Which launcher is to start them.</param>
    /// <param name="processes">How many.</param>
    /// <param name="arguments">The assembly, and its arguments.</param>
    public static ProgramRun Run(string launcher, int processes, params string[] arguments)
    {
        string[] options = Known[launcher].Options;
        return ProgramRun.Of(
            Start(
                new MpiLauncher(launcher).Program,
                [.. options, "-np", $"{processes}", ProgramProcess.Dotnet, .. arguments]),
            Timeout);
    }

    /// <summary>How to start one.</summary>
    public static ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true }; // which mpirun reads
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The words before those of a program that is to be started several times together.</summary>
    public string[] Words(int processes, params string[] options) =>
    [
        "sh", "-c", "exec \"$@\" < /dev/null", "sh", "env", .. Variables.Select(pair => $"{pair.Name}={pair.Value}"),
        Program, .. Known[Name].Options, .. options, "-np", $"{processes}",
    ];

    /// <summary>Its path; leaves the test out where this machine does not have it.</summary>
    public string Program
    {
        get
        {
            if (typeof(MpiProgram).Assembly.EntryPoint?.DeclaringType?.Name != "EntryPoint")
                Assert.Ignore("These tests are a program of their own, which mpirun cannot start.");
            var (own, mark, _) = Known[Name];
            if (Found(own) is { } path)
                return path;
            if (Found("mpirun") is { } common && VersionOf(common).Contains(mark, StringComparison.Ordinal))
                return common;
            Assert.Ignore($"This machine has no mpirun of {Name}.");
            return "";
        }
    }

    private static string? Found(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static string VersionOf(string program) =>
        ProgramRun.Of(new ProcessStartInfo(program, ["--version"])).Output;
}
