using System.Security.Cryptography;

namespace GalaxyNet.Tests;

/// <summary><c>train</c> from the weights of another run, with frozen layers, and stopped early.</summary>
[TestFixture]
internal sealed class FineTuningTests : IDisposable
{
    private const int UserError = 1;
    private const int UsageError = 2;
    private const string Weights = "weights.safetensors";

    private readonly TemporaryFolder folder = new();

    private string Base => folder.Path("base");

    private string Run { get; set; } = "";

    private string Options => File.ReadAllText(Path.Combine(Run, "options.json"));

    [OneTimeSetUp]
    public void TrainTheBase() => ProgramRun.Good(Train(Base, epochs: 1));

    [SetUp]
    public void NameARun() => Run = folder.Path(TestContext.CurrentContext.Test.ID);

    public void Dispose() => folder.Dispose();

    [Test]
    public void ARunBeginsFromTheWeightsThatPredictTakes()
    {
        var begun = ProgramRun.Good(Train(Run, epochs: 1, "--from", Base, "--learning-rate", "0"));
        string source = Path.Combine(Base, Weights);
        Assert.That(begun.ErrorLines, Has.One.EqualTo($"Beginning from the weights in {source}"));
        Assert.That(LayersThatDiffer(Run, Base), Is.Empty);
        Assert.That(
            new RunFolder(Run).ReadOptions().From,
            Is.EqualTo(new StartingWeights(
                source, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source))))));
    }

    [Test, Exhaustive]
    public void AFolderAndItsFileGiveTheSameBits()
    {
        ProgramRun.Good(Train(Run, epochs: 1, "--from", Base));
        ProgramRun.Good(Train(Run + "-file", epochs: 1, "--from", Path.Combine(Base, Weights)));
        Assert.That(LayersThatDiffer(Run + "-file", Run), Is.Empty);
        Assert.That(LayersThatDiffer(Run, Base), Is.Not.Empty);
    }

    [Test]
    public void FrozenLayersAreThoseOfTheOtherRun()
    {
        ProgramRun.Good(Train(Run, epochs: 1, "--from", Base, "--freeze", "conv1, fc1"));
        Assert.That(LayersThatDiffer(Run, Base), Is.EqualTo(["conv2", "fc2", "fc3"]));
        Assert.That(Options, Does.Contain("\"freeze\": \"conv1,fc1\""));
        Assert.That(File.ReadAllText(Path.Combine(Run, "report.html")), Does.Contain("freeze conv1,fc1"));
    }

    [Test]
    public void FrozenLayersWithoutOtherWeightsAreToldOf() => Assert.That(
        ProgramRun.Good(Train(Run, epochs: 1, "--freeze", "conv1")).ErrorLines,
        Has.One.EqualTo("--freeze without --from leaves conv1 as the seed has drawn it"));

    [Test]
    public void ARunThatSaysNothingOfItKeepsNothingOfIt()
    {
        string options = File.ReadAllText(Path.Combine(Base, "options.json"));
        foreach (string name in (string[])["from", "freeze", "patience"])
            Assert.That(options, Does.Not.Contain($"\"{name}\""));
    }

    [Test, Exhaustive]
    public void AResumedRunNeedsTheWeightsNoMore()
    {
        string source = Copy(Base);
        string[] how = ["--from", source, "--freeze", "conv1", "--schedule", "constant"];
        ProgramRun.Good(Train(Run, epochs: 1, how));
        ProgramRun.Good(Train(Run + "-whole", epochs: 2, how));
        File.Delete(source);
        ProgramRun.Good(Train(Run, epochs: 2, "--resume"));
        Assert.That(LayersThatDiffer(Run, Run + "-whole"), Is.Empty);
        Assert.That(new RunFolder(Run).ReadOptions().From!.Source, Is.EqualTo(source));
    }

    [Test]
    public void ARunThatNeverGotToACheckpointBeginsFromTheSameWeights()
    {
        string source = Copy(Base);
        ProgramRun.Good(Train(Run, epochs: 1, "--from", source));
        string whole = Run + "-whole";
        Directory.CreateDirectory(whole);
        foreach (string part in (string[])[Weights, "checkpoints"])
            Directory.Move(Path.Combine(Run, part), Path.Combine(whole, part));
        byte[] bytes = File.ReadAllBytes(source);
        File.WriteAllBytes(source, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        ProgramRun.Of(Train(Run, epochs: 1, "--resume")).AssertRefused(UserError, source);
        File.Copy(Path.Combine(whole, Weights), source, overwrite: true);
        Assert.That(
            ProgramRun.Of(Train(Run, epochs: 1, "--resume")).Error,
            Does.Contain($"{source}: has changed since the run was begun from it: put back what it was"));
        File.Delete(source);
        ProgramRun.Of(Train(Run, epochs: 1, "--resume")).AssertRefused(UserError, source);
        File.WriteAllBytes(source, bytes);
        ProgramRun.Good(Train(Run, epochs: 1, "--resume"));
        Assert.That(LayersThatDiffer(Run, whole), Is.Empty);
    }

    [Test, Exhaustive]
    public void ARunKeepsTheWeightsThatItWasBegunFrom()
    {
        ProgramRun.Good(Train(Run, epochs: 1, "--from", Base));
        ProgramRun.Good(Train(Run, epochs: 1, "--resume", "--from", Copy(Base)));
        ProgramRun.Of(Train(Base, epochs: 1, "--resume", "--from", Run))
            .AssertRefused(UserError, Base, "was begun with no --from: leave that out");
        ProgramRun.Good(Train(Run + "-other", epochs: 1, "--from", Run));
        ProgramRun.Of(Train(Run + "-other", epochs: 1, "--resume", "--from", Base))
            .AssertRefused(UserError, Run + "-other", "was begun with --from other weights: leave that out");
        ProgramRun.Of(Train(Run, epochs: 1, "--resume", "--freeze", "conv1"))
            .AssertRefused(UserError, Run, "was begun with no --freeze: leave that out");
    }

    [Test]
    public void WeightsThatDoNotFitAreRefusedBeforeTheImagesAreLoaded()
    {
        string[] ofOne = Train(Run, epochs: 1, "--from", Base);
        string[] ofFive = [.. ofOne.Select((word, i) => i > 0 && ofOne[i - 1] == "--attempt" ? "5" : word)];
        ProgramRun.Of(ofFive)
            .AssertRefused(UserError, Path.Combine(Base, Weights), "does not fit this network", "conv1_bn.weight");
        string text = folder.Write("weights.txt", "a text");
        ProgramRun.Of(Train(Run, epochs: 1, "--from", text)).AssertRefused(UserError, text, "is a text");
        string nothing = folder.Path("nothing");
        ProgramRun.Of(Train(Run, epochs: 1, "--from", nothing)).AssertRefused(UserError, nothing);
        ProgramRun.Of(Train(Run, epochs: 1, "--from", folder.Root))
            .AssertRefused(UserError, folder.Root, "holds no run");
        ProgramRun.Of(Train(Run, epochs: 1, "--from", Base, "--from", Base)).AssertRefused(UsageError, "--from");
    }

    [Test]
    public void ARunDoesNotBeginFromItself()
    {
        ProgramRun.Of(Train(Run, epochs: 1, "--from", Run)).AssertRefused(UserError, Run, "is also what --from names");
        string own = Path.Combine(Run, Weights);
        ProgramRun.Of(Train(Run, epochs: 1, "--from", own)).AssertRefused(UserError, own, "is a file of", "--resume");
    }

    [TestCase("conv9", "'conv9' is no layer with weights of attempt 1", "conv1, conv2, fc1, fc2, fc3", "did you mean")]
    [TestCase("fc1,conv", "'conv' is no layer with weights", "did you mean conv1?")]
    [TestCase("relu1", "'relu1' is no layer with weights")]
    [TestCase("", "'' is no layer with weights")]
    [TestCase("conv1,conv2,fc1,fc2,fc3", "is all layers, which leaves nothing to train")]
    public void LayersThatCannotBeFrozenAreNamed(string names, params string[] parts) =>
        ProgramRun.Of(Train(Run, epochs: 1, "--freeze", names)).AssertRefused(UsageError, ["--freeze", .. parts]);

    [Test]
    public void StoppingByTheTestIsRefused() => ProgramRun.Of(Train(Run, epochs: 9, "--patience", "2"))
        .AssertRefused(UsageError, "--patience 2 needs galaxies", "--validation-fraction", "--validation-ids");

    [Test]
    public void ARunStopsOnceItsEpochsAreNoBetter()
    {
        string[] how =
            ["--patience", "2", "--validation-fraction", "0.3", "--learning-rate", "0", "--weight-average", "0"];
        var stopped = ProgramRun.Good([.. Train(Run, epochs: 9, how), "--json"]);
        Assert.That(
            stopped.ErrorLines,
            Has.One.EqualTo(
                "Stopped after epoch 3/9: none since epoch 1 had a smaller validation RMSE; --checkpoint best is that "
                + "epoch"));
        Assert.That(stopped.ErrorLines.Single(line => line.StartsWith("epoch 3/9")), Does.Not.Contain("left"));
        Assert.That(stopped.Json.GetProperty("epochs").GetInt32(), Is.EqualTo(3));
        Assert.That(stopped.Json.GetProperty("best_epoch").GetInt32(), Is.EqualTo(1));
        Assert.That(stopped.Json.GetProperty("stopped_early").GetBoolean());
        Assert.That(new RunFolder(Run).History, Has.Count.EqualTo(3));
        Assert.That(
            File.ReadAllText(Path.Combine(Run, "report.html")),
            Does.Contain("stopped early, and epoch 1 was the best"));

        var resumed = ProgramRun.Good(Train(Run, epochs: 20, "--resume"));
        Assert.That(
            resumed.ErrorLines,
            Has.One.EqualTo(
                $"{Run}: stopped early, after epoch 3, the best being epoch 1, and stays so whatever --epochs is: give "
                + "it to --from to train on into another --out"));
        Assert.That(new RunFolder(Run).History, Has.Count.EqualTo(3));
        Assert.That(Options, Does.Contain("\"patience\": 2").And.Contain("\"epochs\": 9"));
    }

    [Test]
    public void ARunThatGetsBetterIsNotStopped()
    {
        var trained = ProgramRun.Good(
            [.. Train(Run, epochs: 1, "--patience", "1", "--validation-fraction", "0.3"), "--json"]);
        Assert.That(trained.Json.GetProperty("stopped_early").GetBoolean(), Is.False);
        Assert.That(trained.Error, Does.Not.Contain("Stopped"));
    }

    private static string[] Train(string run, int epochs, params string[] more) =>
    [
        "train", "--data", DrawnGalaxies.Folder, "--out", run, "--attempt", "1", "--epochs", $"{epochs}",
        "--average-views", "1", "--device", "cpu",
        .. more,
    ];

    private string Copy(string run)
    {
        string copy = folder.Path($"{TestContext.CurrentContext.Test.ID}-copy.safetensors");
        File.Copy(Path.Combine(run, Weights), copy);
        return copy;
    }

    /// <summary>The layers whose weights are not the same in two runs, to the bit.</summary>
    private static IEnumerable<string> LayersThatDiffer(string run, string other)
    {
        using Safetensors first = Safetensors.Open(Path.Combine(run, Weights)),
            second = Safetensors.Open(Path.Combine(other, Weights));
        Assert.That(first.Entries.Keys, Is.EquivalentTo(second.Entries.Keys));
        return
        [
            .. first.Entries.Keys.Where(name => !first.BytesOf(name).SequenceEqual(second.BytesOf(name)))
                .Select(name => name[..name.IndexOf('.')]).Distinct().Order(),
        ];
    }
}
