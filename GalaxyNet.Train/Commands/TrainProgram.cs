using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary>The program: see <see cref="CommandProgram"/>.</summary>
internal static class TrainProgram
{
    /// <summary>Runs this process's part of a command that a launcher has started several times together.</summary>
    /// <returns>The exit code of <see cref="CommandProgram"/>.</returns>
    public static int Run(
        string[] arguments, TextWriter output, TextWriter error, Launcher launcher, CancellationToken cancellation) =>
        CommandProgram.Run(CreateRoot, arguments, new Terminal(output, error, cancellation), launcher);

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code of <see cref="CommandProgram"/>.</returns>
    public static int Run(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        CommandProgram.Run(CreateRoot, arguments, new Terminal(output, error, cancellation));

    /// <summary>Runs a command for another one; errors come as exceptions.</summary>
    public static int Run(string[] arguments, Terminal terminal) =>
        CommandProgram.Run(CreateRoot(terminal), arguments, terminal);

    internal static RootCommand CreateRoot(Terminal terminal) => CreateRoot(terminal, new OneProcess());

    private static RootCommand CreateRoot(Terminal terminal, ICollective processes) =>
        new("""
            GalaxyNet: trains the Galaxy Zoo network from hand-written kernels.
            Example: demo

            Results go to standard output, with --json as one JSON object; all other lines go to standard error.
            Exit codes: 0 after success, 1 after an error, 2 after wrong usage, 130 after Ctrl-C, 143 after SIGTERM,
            129 when the terminal is closed.
            NO_COLOR is honored.
            """)
        {
            new DemoCommand(terminal),
            new PreprocessCommand(terminal),
            new ExploreCommand(terminal),
            new BaselineCommand(terminal),
            new TrainCommand(terminal, processes),
            new EvaluateCommand(terminal, processes),
            new PredictCommand(terminal, processes),
            new ExportCommand(terminal),
            new CompareCommand(terminal),
            new SummaryCommand(terminal),
            new DevicesCommand(terminal),
            new GradcheckCommand(terminal),
            new IllustrateCommand(terminal),
            new CompletionCommand(terminal, "galaxynet"),
        };
}
