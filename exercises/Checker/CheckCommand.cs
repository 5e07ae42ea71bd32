using System.CommandLine;

namespace GalaxyNet.Exercises;

/// <summary><c>check</c>: an exercise's answer on small cases, and what is wrong with it.</summary>
internal sealed class CheckCommand : Command
{
    private const string Everything = "all";

    private readonly Argument<string> name = new("exercise")
    {
        Description = $"The exercise, such as dense, or {Everything}",
        CompletionSources = { _ => [.. Exercise.All.Select(each => each.Name), Everything] },
    };

    private readonly Option<bool> solution = new("--solution")
    {
        Description = "Check the solution that comes with the exercises instead of what you have written",
    };

    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public CheckCommand(Terminal terminal)
        : base(
            "check",
            "Check what you have written against differences of the forward pass, and say what is wrong.\n"
            + "Example: check dense")
    {
        this.terminal = terminal;
        Add(name);
        Add(solution);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string chosen = result.GetRequiredValue(name);
        var exercises = chosen == Everything ? Exercise.All : [Exercise.Named(chosen)];
        var checks = new List<Check>();
        foreach (var exercise in exercises)
        {
            var method = result.GetValue(solution) ? exercise.Solution : exercise.Student;
            var check = Check.Of(exercise, method, terminal.Cancellation);
            new Report(terminal, check).Write();
            checks.Add(check);
        }
        int right = checks.Count(each => each.IsRight), wrong = checks.Count(each => !each.IsRight && each.IsWritten);
        if (chosen == Everything)
            terminal.WriteLine($"{right} right, {wrong} wrong, {checks.Count - right - wrong} not written.");
        return right == checks.Count ? 0 : CommandProgram.UserError;
    }
}
