using System.CommandLine;

namespace GalaxyNet.Exercises;

/// <summary>The program: see <see cref="CommandProgram"/>.</summary>
internal static class ExerciseProgram
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code of <see cref="CommandProgram"/>.</returns>
    public static int Run(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        CommandProgram.Run(CreateRoot, arguments, new Terminal(output, error, cancellation));

    internal static RootCommand CreateRoot(Terminal terminal) => new("""
        Exercises of the study guide: write the backward pass of each operation, and be told what is wrong.
        Example: check dense

        Exit codes: 0 if all that is checked is right, else 1; 2 after wrong usage, 130 after Ctrl-C, 143 after SIGTERM.
        NO_COLOR is honored.
        """)
    {
        new ListCommand(terminal),
        new CheckCommand(terminal),
    };
}
