namespace GalaxyNet.Tests;

/// <summary>Presses Ctrl-C when the program writes a certain line.</summary>
internal sealed class CancelAt(string start, CancellationTokenSource interruption) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value!.StartsWith(start, StringComparison.Ordinal))
            interruption.Cancel();
    }
}
