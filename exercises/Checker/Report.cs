using System.Globalization;

namespace GalaxyNet.Exercises;

/// <summary>What a reader is told of an answer.</summary>
internal sealed class Report(Terminal terminal, Check check)
{
    private const int Digits = 5;
    private const int Worst = 3; // elements of each result
    private const int MostInputs = 12; // which can be calculated with by hand

    private readonly Exercise exercise = check.Exercise;

    /// <summary>Writes it to standard output.</summary>
    public void Write()
    {
        if (check.IsRight)
            terminal.WriteLine($"{exercise.Name}: right in all {exercise.Trials.Count} cases.");
        else if (check.Thrown is { } thrown)
            WriteThrown(thrown);
        else
            WriteWrong();
    }

    private void WriteThrown(ThrownException thrown)
    {
        terminal.WriteLine($"{exercise.Name}: {thrown.Line}");
        if (check.IsWritten)
            WriteCase("The case", thrown.Trial);
    }

    private void WriteWrong()
    {
        terminal.WriteLine($"{exercise.Name}: {exercise.Method} is not right yet.");
        var results = check.Comparisons.GroupBy(each => each.Name).ToList();
        foreach (var result in results)
            terminal.WriteLine($"  {result.Key}: {Verdict([.. result])}");
        List<Comparison>[] wrong =
            [.. results.Select(each => each.Where(one => !one.IsRight).ToList()).Where(each => each.Count > 0)];
        foreach (var smallest in wrong.Select(each => each[0]).GroupBy(each => each.Trial))
        {
            WriteCase("The smallest wrong case", smallest.Key);
            WriteElements(smallest.Key, [.. smallest.Where(each => each.IsShaped)]);
        }
        foreach (var diagnosis in wrong.GroupBy(Diagnosis.Of, each => each[0].Name))
            terminal.WriteLine($"{string.Join(", ", diagnosis)}: {diagnosis.Key.Finding}. {diagnosis.Key.Hint}");
        terminal.WriteLine($"It is derived in {exercise.Page}.");
    }

    private static string Verdict(IReadOnlyList<Comparison> cases)
    {
        int wrong = cases.Count(each => !each.IsRight);
        return wrong == 0 ? "right" : $"WRONG in {wrong} of {cases.Count} cases";
    }

    private void WriteCase(string title, Trial trial)
    {
        var parameters = exercise.NamedParametersFor(trial).ToList();
        terminal.WriteLine(
            $"{title} is \"{trial.Description}\": "
            + string.Join(", ", parameters.Select(each => $"{each.Name} {Short(each.Value)}")));
        if (trial.Size <= MostInputs)
            foreach (var (name, value) in parameters)
                if (value is Array array and not SoftmaxGroup[])
                    terminal.WriteLine($"  {name} = {string.Join(' ', array.Elements().ToArray().Select(Text))}");
    }

    private void WriteElements(Trial trial, IReadOnlyList<Comparison> wrong)
    {
        if (wrong.Count > 0)
            terminal.WriteTable(
                ["", " yours", trial.HasGradients ? " by differences" : " should be"],
                wrong.SelectMany(each => each.Worst(Worst).Select(i => new[]
                {
                    Numbers.NameOf(each.Name, each.Expected, i),
                    Text(each.Written!.Elements()[i]),
                    Text(each.Expected.Elements()[i]),
                })));
    }

    /// <summary>A parameter in few letters: an array's shape, the questions of a tree, or a number.</summary>
    private static string Short(object? value) => value switch
    {
        IEnumerable<SoftmaxGroup> questions =>
            string.Join(' ', questions.Select(each => $"({each.First}, {each.Count}, {each.Parent})")),
        Array array => Numbers.ShapeOf(array),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:G4}"),
    };

    private static string Text(double number) =>
        (Math.Round(number, Digits) + 0.0).ToString($"F{Digits}", CultureInfo.InvariantCulture); // 0 without a sign
}
