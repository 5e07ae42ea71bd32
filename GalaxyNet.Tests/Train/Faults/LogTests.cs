using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>What is only told never stops what is done.</summary>
[TestFixture]
internal sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase("2>/dev/full", "full", Category = ExhaustiveAttribute.Name)]
    [TestCase("2>&-", "closed", Category = ExhaustiveAttribute.Name)]
    public void ARunGoesOnWithoutItsLog(string redirection, string name)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("This needs /dev/full.");
        var run = new TrainedRun(folder.Path(name));
        using var training = ProgramProcess.StartFromShell($"exec {redirection}", run.Begin(epochs: 2));
        Assert.That(training.WaitForExit(), Is.Zero);
        Assert.That(run.Steps, Is.EqualTo(2 * TrainedRun.StepsPerEpoch));
        run.AssertEveryFileIsWhole();

        string result = folder.Path($"{name}.json");
        using var evaluation = ProgramProcess.StartFromShell(
            $"exec {redirection} >'{result}'",
            "evaluate", "--run", run.Folder, "--data", DrawnGalaxies.Folder, "--json");
        Assert.That(evaluation.WaitForExit(), Is.Zero);
        using var json = JsonDocument.Parse(File.ReadAllText(result));
        Assert.That(json.RootElement.GetProperty("rmse").GetDouble(), Is.Positive);
    }

    /// <summary>But a result that nobody gets is an error, for a script would go on with half of it.</summary>
    [Test]
    public void AResultThatCannotBeWrittenIsAnError()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("This needs /dev/full.");
        using var process = ProgramProcess.StartFromShell("exec >/dev/full", "summary", "--json");
        Assert.That(process.WaitForExit(), Is.EqualTo(1));
        Assert.That(process.ErrorLines.Single(), Does.StartWith("Standard output cannot be written (No space left"));
    }
}
