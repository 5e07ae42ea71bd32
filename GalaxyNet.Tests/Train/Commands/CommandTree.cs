using System.CommandLine;
using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>All commands and options of all programs, so that a new one cannot go round what all promise.</summary>
internal static class CommandTree
{
    private static readonly Terminal Silent = new(TextWriter.Null, TextWriter.Null, default);

    public static IReadOnlyList<Command> Commands { get; } =
    [
        .. TrainProgram.CreateRoot(Silent).Subcommands,
        .. BenchmarkProgram.CreateRoot(Silent).Subcommands,
        .. ExerciseProgram.CreateRoot(Silent).Subcommands,
    ];

    /// <summary>Each command with each of its options.</summary>
    public static IEnumerable<(Command Command, Option Option)> Options =>
        Commands.SelectMany(command => command.Options.Select(option => (command, option)));
}
