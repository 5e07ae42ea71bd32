using System.CommandLine;
using GalaxyNet.Train;

namespace GalaxyNet.Benchmarks;

/// <summary>The program: see <see cref="CommandProgram"/>.</summary>
internal static class BenchmarkProgram
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code of <see cref="CommandProgram"/>.</returns>
    public static int Run(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        CommandProgram.Run(CreateRoot, arguments, new Terminal(output, error, cancellation));

    private static RootCommand CreateRoot(Terminal terminal) => new("Measures GalaxyNet on this machine.")
    {
        ThroughputCommand.Create(),
        new PtxCommand(terminal),
        new LadderCommand(terminal),
        new KernelsCommand(terminal),
    };
}
