using System.CommandLine;

namespace GalaxyNet.Benchmarks;

/// <summary>The program: see <see cref="CommandProgram"/>.</summary>
internal static class BenchmarkProgram
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code of <see cref="CommandProgram"/>.</returns>
    public static int Run(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        CommandProgram.Run(CreateRoot, arguments, new Terminal(output, error, cancellation));

    internal static RootCommand CreateRoot(Terminal terminal) => new("""
        Measures GalaxyNet on this machine.
        Example: throughput --batch 64 --steps 10

        Results go to standard output, with --json as JSON; progress and all other lines go to standard error.
        Exit codes: 0 after success, 1 after an error, 2 after wrong usage, 130 after Ctrl-C, 143 after SIGTERM.
        NO_COLOR is honored.
        """)
    {
        new ThroughputCommand(terminal),
        new PtxCommand(terminal),
        new LadderCommand(terminal),
        new KernelsCommand(terminal),
        new CompletionCommand(terminal, "GalaxyNet.Benchmarks"),
    };
}
