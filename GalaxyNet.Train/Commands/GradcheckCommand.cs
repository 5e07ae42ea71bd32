using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>gradcheck</c>: every operation's backward pass against finite differences.</summary>
internal sealed class GradcheckCommand : Command
{
    private const double Tolerance = 2e-3;
    private const int Samples = 100; // of each argument

    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<string> operation = new("--operation")
    {
        Description = "Check only this operation",
        HelpName = "OPERATION",
    };

    private readonly NumberOption<int> elements = new NumberOption<int>("--elements")
    {
        Description = "How many elements of each argument to show: those whose two gradients are furthest apart",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    }.AtLeast(1);

    private readonly Option<string> broken = BreakOption.Create();

    public GradcheckCommand(Terminal terminal)
        : base(
            "gradcheck",
            "Check every operation's gradients against central differences, and show both side by side.\n"
            + "Example: gradcheck --operation conv2d --elements 10\n"
            + "Example: gradcheck --break conv2d:filter-not-flipped\n"
            + "Example: gradcheck --break list")
    {
        string[] operations = [.. OperationsWithGradient.Select(each => each.Operation).Distinct()];
        operation.AcceptOnlyFromAmong(operations);
        this.AddAll(operation, elements, device, broken, json);
        Validators.Add(result =>
        {
            if (result.GetResult(operation) is not null && result.GetResult(broken) is not null)
                result.AddError("--break names the operation to check: leave out --operation.");
        });
        SetAction(result =>
        {
            string? asked = result.GetValue(broken);
            if (asked != BreakOption.List)
                return Check(terminal, result, asked is null ? null : BreakOption.Find(asked, terminal));
            BreakOption.ShowAll(terminal, result.GetValue(json));
            return 0;
        });
    }

    private int Check(Terminal terminal, ParseResult result, NamedMistake? mistake)
    {
        using var opened = DeviceOption.Open(result.GetRequiredValue(device), terminal);
        terminal.Log($"Checking gradients on {opened.Name}");
        var checks = new List<GradcheckRow>();
        string? chosen = mistake?.Operation ?? result.GetValue(operation);
        var chosenCases = OperationsWithGradient.Where(each => chosen is null || each.Operation == chosen);
        foreach (var operationCase in chosenCases.Where(each => each.IsFor(opened.Schedule)))
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            checks.AddRange(GradientCheck.Run(opened, operationCase, Samples, mistake?.Mistake)
                .Select(found => GradcheckRow.Of(found, Tolerance, result.GetValue(elements))));
        }
        int failed = checks.Count(check => !check.Passed);
        if (result.GetValue(json))
            terminal.WriteJson(new
            {
                Device = opened.Name,
                Tolerance,
                Mistake = mistake?.ToJson(),
                Passed = checks.Count - failed,
                failed,
                checks,
            });
        else
            Show(terminal, mistake, checks, failed);
        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<OperationCase> OperationsWithGradient =>
        OperationCatalogue.All.Where(each => each is { IsBenchmark: false, BackwardCost: not null });

    private static void Show(Terminal terminal, NamedMistake? mistake, List<GradcheckRow> checks, int failed)
    {
        string heading = mistake is null ? "" : $"with {mistake.Name}: {mistake.Mistake.Description}";
        terminal.WriteTable(
            [heading, " analytic", " numeric", " relative error", ""],
            checks.GroupBy(check => (check.Operation, check.Case)).SelectMany(each =>
                each.SelectMany(TableRows).Prepend([$"{each.Key.Operation}: {each.Key.Case}", "", "", "", ""])));
        terminal.WriteLine($"{checks.Count - failed} arguments passed, {failed} failed.");
        terminal.WriteLine(
            "The elements with the largest |analytic - numeric| are shown, the largest first. The relative error of "
            + "an element is |analytic - numeric| / max(|analytic|, |numeric|).");
        terminal.WriteLine(
            "The relative error of an argument is |analytic - numeric| / |numeric| over all of its checked elements, "
            + $"where |v| is the root of the sum of v's squares. It passes if that is less than {Tolerance}.");
    }

    private static IEnumerable<string[]> TableRows(GradcheckRow check)
    {
        string result = check.Passed ? "pass" : "FAIL";
        yield return [$"  {check.Argument}, {check.Checked} checked", "", "", Format(check.RelativeError), result];
        foreach (var element in check.Elements)
        {
            yield return
            [
                $"    {element.Element}",
                element.Analytic.ToString("F6", CultureInfo.InvariantCulture),
                element.Numeric.ToString("F6", CultureInfo.InvariantCulture),
                Format(element.RelativeError),
                "",
            ];
        }
    }

    private static string Format(double error) => error.ToString("0.0e-0", CultureInfo.InvariantCulture);
}

/// <summary>What <c>gradcheck</c> shows of one argument of a case.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Case">Its shape, in words.</param>
/// <param name="Argument">The argument.</param>
/// <param name="Checked">How many of its elements were checked.</param>
/// <param name="RelativeError">The relative error of the gradient over all these.</param>
/// <param name="Passed">True if that is under the tolerance.</param>
/// <param name="Elements">Those to show.</param>
internal sealed record GradcheckRow(
    string Operation,
    string Case,
    string Argument,
    int Checked,
    double RelativeError,
    bool Passed,
    IReadOnlyList<GradcheckElement> Elements)
{
    /// <summary>The row of a result, with the elements whose gradients are furthest apart.</summary>
    public static GradcheckRow Of(GradientCheckResult result, double tolerance, int elements) => new(
        result.Case.Operation,
        result.Case.Description,
        result.Argument.Name,
        result.Elements.Length,
        result.RelativeError,
        result.RelativeError < tolerance,
        [
            .. result.FurthestApart(elements).Select(index => new GradcheckElement(
                result.NameOf(index), result.Analytic[index], result.Numeric[index], result.RelativeErrorOf(index))),
        ]);
}

/// <summary>An element of an argument.</summary>
/// <param name="Element">Its name, such as <c>w[0,2,1]</c>.</param>
/// <param name="Analytic">Its gradient from the backward pass.</param>
/// <param name="Numeric">Its gradient from differences.</param>
/// <param name="RelativeError">Their relative difference.</param>
internal sealed record GradcheckElement(string Element, float Analytic, float Numeric, double RelativeError);
