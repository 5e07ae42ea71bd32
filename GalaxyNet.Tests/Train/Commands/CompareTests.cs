using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>Attempts and baselines side by side, from the command line.</summary>
[TestFixture]
internal sealed class CompareTests : IDisposable
{
    private const int UserError = 1;
    private const int UsageError = 2;
    private const int Interrupted = 130;

    private readonly TemporaryFolder folder = new();
    private List<JsonElement> rows = null!;

    [OneTimeSetUp]
    public void CompareOnce() => rows = Rows(ProgramRun.Good(Compare("runs", "--attempts", "4", "1", "--json")));

    public void Dispose() => folder.Dispose();

    [Test]
    public void AttemptsComeFirstThenTheBaselines() => Assert.That(
        rows.Select(row => row.GetProperty("name").GetString()),
        Is.EqualTo(["attempt 1", "attempt 4", "centre pixel", "average colour", "mean guess"]));

    [Test]
    public void EachStandsBesideTheNotebooksFigure() => Assert.That(
        rows.Select(row => row.GetProperty("notebook_rmse").GetDouble()),
        Is.EqualTo([0.17497, 0.11025, 0.1564, 0.1599, 0.1639]));

    [Test]
    public void ParametersAreCounted() => Assert.That(
        rows.Select(row => row.GetProperty("parameters").GetInt64()),
        Is.EqualTo([2_169_349L, 8_942_021, 148, 148, 37]));

    [Test]
    public void AnAttemptIsARunThatOtherCommandsTake()
    {
        var evaluation = ProgramRun.Good(
            "evaluate", "--run", folder.Path("runs", "attempt4"), "--data", DrawnGalaxies.Folder, "--subset", "test",
            "--json");
        Assert.That(Rmse(rows[1]), Is.EqualTo(evaluation.Json.GetProperty("rmse").GetDouble()).Within(1e-7));
        Assert.That(rows[1].GetProperty("images").GetInt32(), Is.EqualTo(2));
        Assert.That(rows[1].GetProperty("images_per_second").GetDouble(), Is.Positive);
    }

    [Test]
    public void TheBaselinesAreThoseOfBaseline()
    {
        var json = ProgramRun.Good("baseline", "--data", DrawnGalaxies.Folder, "--json").Json;
        string[] names = ["center_pixel_rmse", "average_color_rmse", "mean_guess_rmse"];
        Assert.That(rows.Skip(2).Select(Rmse), Is.EqualTo(names.Select(name => json.GetProperty(name).GetDouble())));
    }

    [Test]
    public void FinishedRunsAreTakenAsTheyAre()
    {
        string weights = folder.Path("runs", "attempt1", "weights.safetensors");
        byte[] before = File.ReadAllBytes(weights);
        var again = ProgramRun.Good(Compare("runs", "--attempts", "1"));
        Assert.That(File.ReadAllBytes(weights).AsSpan().SequenceEqual(before));
        Assert.That(again.Error, Does.Not.Contain("epoch 1/1"));
        Assert.That(
            again.Output,
            Does.Contain($"{Rmse(rows[0]):F5}").And.Contain("0.17497").And.Contain("challenge's full data"));
    }

    [Test]
    public void AnInterruptionSaysHowToGoOn()
    {
        using var interruption = new CancellationTokenSource();
        var run = ProgramRun.Of(
            new CancelAt("Training attempt 1", interruption),
            interruption.Token,
            Compare("interrupted", "--attempts", "1"));
        Assert.That(run.ExitCode, Is.EqualTo(Interrupted));
        Assert.That(
            run.ErrorLines[^1], Does.StartWith("Interrupted").And.EndsWith("the same compare continues from here"));
    }

    [Test]
    public void ARunOfAnotherSeedIsNotTaken() =>
        ProgramRun.Of(Compare("runs", "--attempts", "1", "--seed", "7"))
            .AssertRefused(UserError, folder.Path("runs", "attempt1"), "--seed 42");

    [Test]
    public void AnAttemptThatTheNotebookLacks() =>
        ProgramRun.Of(Compare("none", "--attempts", "5")).AssertRefused(UsageError, "--attempts", "5");

    private string[] Compare(string output, params string[] more) =>
    [
        "compare", "--data", DrawnGalaxies.Folder, "--out", folder.Path(output), "--epochs", "1", "--device", "cpu",
        .. more,
    ];

    private static List<JsonElement> Rows(ProgramRun run) => [.. run.Json.GetProperty("rows").EnumerateArray()];

    private static double Rmse(JsonElement row) => row.GetProperty("rmse").GetDouble();
}
