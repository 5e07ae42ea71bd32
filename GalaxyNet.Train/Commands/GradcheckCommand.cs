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
            "Check every operation's gradients against central differences, and show both for the element of each argument "
            + "where they are furthest apart.\nExample: gradcheck --device cpu")
    {
        broken.AcceptOnlyFromAmong([.. OperationsWithGradient.Select(each => each.Operation).Distinct()]);
        Add(device);
        Add(broken);
        Add(json);
        SetAction(result => Check(terminal, result));
    }

    private int Check(Terminal terminal, ParseResult result)
    {
        using var opened = Device.Open(CommonOptions.ToDeviceKind(result.GetRequiredValue(device)));
        terminal.Log($"Checking gradients on {opened.Name}");
        var checks = new List<Row>();
        string? spoiled = result.GetValue(broken);
        foreach (var operationCase in OperationsWithGradient.Where(each => spoiled is null || each.Operation == spoiled))
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            checks.AddRange(GradientCheck.Run(opened, operationCase, Samples, spoiled is null ? null : Spoil).Select(Row.Of));
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

    private static void Show(Terminal terminal, List<Row> checks, int failed)
    {
        terminal.WriteTable(
            ["operation", "case", "element", " analytic", " numeric", " relative error", ""],
            checks.Select(check => new[]
            {
                check.Operation,
                check.Case,
                check.Element,
                check.Analytic.ToString("F5", CultureInfo.InvariantCulture),
                check.Numeric.ToString("F5", CultureInfo.InvariantCulture),
                check.RelativeError.ToString("0.0e-0", CultureInfo.InvariantCulture),
                check.Passed ? "pass" : "FAIL",
            }));
        terminal.WriteLine($"{checks.Count - failed} passed, {failed} failed (relative error under {Tolerance})");
    }

    /// <summary>An argument of a case.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="Case">Its shape, in words.</param>
    /// <param name="Argument">The argument.</param>
    /// <param name="Element">The element whose two gradients are furthest apart.</param>
    /// <param name="Analytic">Its gradient from the backward pass.</param>
    /// <param name="Numeric">Its gradient by differences.</param>
    /// <param name="RelativeError">Of the argument's whole gradient.</param>
    /// <param name="Passed">True if that is under the tolerance.</param>
    private sealed record Row(
        string Operation,
        string Case,
        string Argument,
        string Element,
        float Analytic,
        float Numeric,
        double RelativeError,
        bool Passed)
    {
        public static Row Of(GradientCheckResult result) => new(
            result.Case.Operation,
            result.Case.Description,
            result.Argument.Name,
            result.NameOf(result.Worst),
            result.Analytic[result.Worst],
            result.Numeric[result.Worst],
            result.RelativeError,
            result.RelativeError < Tolerance);
    }
}
