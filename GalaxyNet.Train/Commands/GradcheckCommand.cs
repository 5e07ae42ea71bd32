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

    /// <summary>Declares the command.</summary>
    public GradcheckCommand(Terminal terminal)
        : base(
            "gradcheck",
            "Check every operation's gradients against central differences.\nExample: gradcheck --device cpu")
    {
        Add(device);
        Add(json);
        SetAction(result => Check(terminal, result));
    }

    private int Check(Terminal terminal, ParseResult result)
    {
        using var opened = Device.Open(CommonOptions.ToDeviceKind(result.GetRequiredValue(device)));
        terminal.Log($"Checking gradients on {opened.Name}");
        var checks = new List<Row>();
        foreach (var operationCase in OperationCatalogue.All.Where(HasGradient))
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            checks.AddRange(GradientCheck.Run(opened, operationCase, Samples).Select(Row.Of));
        }
        int failed = checks.Count(check => !check.Passed);
        if (result.GetValue(json))
            terminal.WriteJson(new { Device = opened.Name, Tolerance, Passed = checks.Count - failed, failed, checks });
        else
            Show(terminal, checks, failed);
        return failed == 0 ? 0 : 1;
    }

    private static bool HasGradient(OperationCase operationCase) =>
        operationCase is { IsBenchmark: false, BackwardCost: not null };

    private static void Show(Terminal terminal, List<Row> checks, int failed)
    {
        terminal.WriteTable(
            ["operation", "case", "argument", " relative error", ""],
            checks.Select(check => new[]
            {
                check.Operation,
                check.Case,
                check.Argument,
                check.RelativeError.ToString("0.0e-0", CultureInfo.InvariantCulture),
                check.Passed ? "pass" : "FAIL",
            }));
        terminal.WriteLine($"{checks.Count - failed} passed, {failed} failed (relative error under {Tolerance})");
    }

    private sealed record Row(string Operation, string Case, string Argument, double RelativeError, bool Passed)
    {
        public static Row Of(GradientCheckResult result) => new(
            result.Case.Operation,
            result.Case.Description,
            result.Argument,
            result.RelativeError,
            result.RelativeError < Tolerance);
    }
}
