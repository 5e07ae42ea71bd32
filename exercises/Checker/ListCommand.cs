using System.CommandLine;

namespace GalaxyNet.Exercises;

/// <summary><c>list</c>: all exercises, and how far each is.</summary>
internal sealed class ListCommand : Command
{
    /// <summary>Declares the command.</summary>
    public ListCommand(Terminal terminal)
        : base("list", "Show all exercises in the order of their pages, and which are solved.\nExample: list") =>
        SetAction(_ => terminal.WriteTable(
            ["exercise", "page", "write", "now"],
            Exercise.All.Select(exercise => new[]
            {
                exercise.Name,
                exercise.Page,
                exercise.Method,
                WordFor(Check.Of(exercise, exercise.Student, terminal.Cancellation)),
            })));

    private static string WordFor(Check check) =>
        check.IsRight ? "passes" : check.IsWritten ? "wrong" : "not written";
}
