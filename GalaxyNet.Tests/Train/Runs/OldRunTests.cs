using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace GalaxyNet.Tests;

/// <summary>
/// A run folder that an earlier version wrote can still be evaluated, predicted with and resumed, and gives what that
/// version made of it, which lies beside it.
/// </summary>
/// <remarks>
/// It is attempt 1 on 24 drawn galaxies, interrupted after step 4 of epoch 2 of 3. To make the file small, most weights
/// of the dense layers and their Adam moments were then set to zero, and the rest of these weights scaled up.
/// </remarks>
[TestFixture]
internal sealed class OldRunTests : IDisposable
{
    private const string DevicesOption = "\"devices\": ["; // the last one, and this machine's is added to it
    private const decimal LastDigitOfATable = 0.000_001m;
    private const decimal SameWeights = 1e-6m; // relative, as the next one is

    // Each vector width has an order of sums of its own, and the weights learn from that: 1.5e-7 of a loss in 8 steps.
    private const decimal SameTraining = 1e-5m;

    private readonly TemporaryFolder folder = new();

    private string Data => folder.Path("galaxies");

    private string Run => folder.Path("run");

    [OneTimeSetUp]
    public void DrawTheGalaxies() => DemoGalaxies.Write(Data, count: 24, seed: 1);

    [SetUp]
    public void Unzip() => ZipFile.ExtractToDirectory(Recorded("run.zip"), Run);

    [TearDown]
    public void Delete() => Directory.Delete(Run, recursive: true);

    public void Dispose() => folder.Dispose();

    [Test]
    public void EvaluatingItGivesTheSameScore()
    {
        var found = Json(ProgramRun.Good(
            "evaluate", "--run", Run, "--data", Data, "--subset", "all", "--device", "cpu", "--json").Output);
        Assert.That(found.Remove("$.trained_on"), "which that version did not say");
        AssertSame(found, Json(File.ReadAllText(Recorded("evaluate.json"))), SameWeights);
    }

    [Test]
    public void ItPredictsTheSame()
    {
        string table = folder.Path("predictions.csv");
        string images = Path.GetDirectoryName(GalaxyFolder.ImagePath(Data, DrawnGalaxies.FirstId))!;
        ProgramRun.Good("predict", "--run", Run, "--images", images, "--out", table, "--device", "cpu");
        AssertSame(Table(table), Table(Recorded("predictions.csv")), relative: 0, LastDigitOfATable);
    }

    [Test]
    public void ItGoesOnToTheSameResultAndKeepsItsFiles()
    {
        string optionsPath = Path.Combine(Run, "options.json");
        string options = File.ReadAllText(optionsPath);
        var resumed = ProgramRun.Good("train", "--resume", "--data", Data, "--out", Run, "--device", "cpu", "--json");
        var found = Json(resumed.Output);
        foreach (string unsaid in (string[])["$.best_epoch", "$.stopped_early"])
            Assert.That(found.Remove(unsaid), "which that version did not say");
        AssertSame(found, Json(File.ReadAllText(Recorded("train.json"))), SameTraining);
        foreach (string table in new[] { "history.csv", "loss.csv" })
            AssertSame(Table(Path.Combine(Run, table)), Table(Recorded(table)), SameTraining);
        string kept = options[..(options.IndexOf(DevicesOption) + DevicesOption.Length)];
        Assert.That(File.ReadAllText(optionsPath), Does.StartWith(kept));
        Assert.That(
            Directory.GetFiles(Run, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Run, path)),
            Is.EquivalentTo(
            [
                Path.Combine("checkpoints", "epoch-1.safetensors"), // the best
                Path.Combine("checkpoints", "epoch-2.safetensors"),
                Path.Combine("checkpoints", "epoch-3.safetensors"),
                "history.csv", "loss.csv", "loss.png", "options.json", "report.html", "run.lock", "weights.safetensors",
            ]));
    }

    private static string Recorded(string file) =>
        Repository.Path("GalaxyNet.Tests", "Train", "Runs", "OldRun", file);

    private static Dictionary<string, string> Json(string text) =>
        Values(JsonNode.Parse(text)!).ToDictionary(value => value.GetPath(), value => value.ToString());

    private static IEnumerable<JsonNode> Values(JsonNode node) => node switch
    {
        JsonObject properties => properties.SelectMany(property => Values(property.Value!)),
        JsonArray elements => elements.SelectMany(element => Values(element!)),
        _ => [node],
    };

    private static Dictionary<string, string> Table(string path)
    {
        string[][] rows = [.. File.ReadLines(path).Select(line => line.Split(','))];
        return rows.Skip(1).Index()
            .SelectMany(row => rows[0].Zip(row.Item, (column, cell) => ($"{column} of row {row.Index}", cell)))
            .ToDictionary();
    }

    /// <summary>The same names in the same order, and the same values but for what depends on the machine.</summary>
    private static void AssertSame(
        Dictionary<string, string> found, Dictionary<string, string> recorded, decimal relative, decimal absolute = 0)
    {
        Assert.That(found.Keys, Is.EqualTo(recorded.Keys));
        foreach (var (name, value) in recorded)
        {
            if (name == "$.run" || name.Contains("second"))
                continue;
            if (Number(value) is { } number)
            {
                decimal tolerance = absolute + (relative * Math.Abs(number));
                Assert.That(Number(found[name]), Is.EqualTo(number).Within(tolerance), name);
            }
            else
            {
                Assert.That(found[name], Is.EqualTo(value), name);
            }
        }
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
