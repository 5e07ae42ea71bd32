using System.CommandLine;
using System.Globalization;
using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary><c>gradcheck</c>: every operation's backward pass against finite differences.</summary>
internal sealed class GradcheckCommand : Command
{
    private const double Tolerance = 2e-3;
    private const int Samples = 100; // of each argument

    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<string> operation = new("--operation")
    {
        Description = "Check only this one",
        HelpName = "OPERATION",
    };

    private readonly Option<int> elements = new Option<int>("--elements")
    {
        Description = "How many elements of each argument to show: those whose two gradients are furthest apart",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    }.AtLeast(1);

    private readonly Option<string> broken = new("--break")
    {
        Description = "Check only this operation, and add 1 to one gradient of each of its arguments: "
            + "this is what a wrong one looks like",
        HelpName = "OPERATION",
    };

    /// <summary>Declares the command.</summary>
    public GradcheckCommand(Terminal terminal)
        : base(
            "gradcheck",
            "Check every operation's gradients against central differences, and show both side by side.\n"
            + "Example: gradcheck --operation conv2d --elements 10")
    {
        string[] operations = [.. OperationsWithGradient.Select(each => each.Operation).Distinct()];
        operation.AcceptOnlyFromAmong(operations);
        broken.AcceptOnlyFromAmong(operations);
        foreach (Option option in new Option[] { operation, elements, device, broken, json })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(operation) is not null && result.GetResult(broken) is not null)
                result.AddError("--break names the operation to check: leave out --operation.");
        });
        SetAction(result => Check(terminal, result));
    }

    private int Check(Terminal terminal, ParseResult result)
    {
        using var opened = Device.Open(CommonOptions.ToDeviceKind(result.GetRequiredValue(device)));
        terminal.Log($"Checking gradients on {opened.Name}");
        var checks = new List<GradcheckRow>();
        string? spoiled = result.GetValue(broken);
        string? chosen = spoiled ?? result.GetValue(operation);
        var chosenCases = OperationsWithGradient.Where(each => chosen is null || each.Operation == chosen);
        foreach (var operationCase in chosenCases.Where(each => each.IsFor(opened.Schedule)))
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            checks.AddRange(GradientCheck.Run(opened, operationCase, Samples, spoiled is null ? null : Spoil)
                .Select(found => GradcheckRow.Of(found, Tolerance, result.GetValue(elements))));
        }
        int failed = checks.Count(check => !check.Passed);
        if (result.GetValue(json))
            terminal.WriteJson(new { Device = opened.Name, Tolerance, Passed = checks.Count - failed, failed, checks });
        else
            Show(terminal, checks, failed);
        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<OperationCase> OperationsWithGradient =>
        OperationCatalogue.All.Where(each => each is { IsBenchmark: false, BackwardCost: not null });

    private static void Spoil(float[] gradient) => gradient[gradient.Length / 2] += 1f;

    private static void Show(Terminal terminal, List<GradcheckRow> checks, int failed)
    {
        terminal.WriteTable(
            ["", " analytic", " numeric", " relative error", ""],
            checks.GroupBy(check => (check.Operation, check.Case)).SelectMany(each =>
                each.SelectMany(TableRows).Prepend([$"{each.Key.Operation}: {each.Key.Case}", "", "", "", ""])));
        terminal.WriteLine($"{checks.Count - failed} arguments passed, {failed} failed.");
        terminal.WriteLine($"An argument passes where |analytic - numeric| / |numeric| over all that was checked of it is less than {Tolerance}.");
    }

    private static IEnumerable<string[]> TableRows(GradcheckRow check)
    {
        yield return [$"  {check.Argument}, {check.Checked} checked", "", "", Format(check.RelativeError), check.Passed ? "pass" : "FAIL"];
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
