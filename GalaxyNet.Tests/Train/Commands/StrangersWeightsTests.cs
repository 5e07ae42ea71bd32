namespace GalaxyNet.Tests;

/// <summary>A run whose weights another program wrote is evaluated, and predicts, as it did before.</summary>
[TestFixture]
internal sealed class StrangersWeightsTests : IDisposable
{
    private const int UserError = 1;
    private const string RandomState = "rng_state";

    private readonly TemporaryFolder folder = new();
    private string before = "";
    private StoredTensor[] saved = [];

    private string Run => folder.Path("run");

    private string Weights => Path.Combine(Run, "weights.safetensors");

    [OneTimeSetUp]
    public void Train()
    {
        ProgramRun.Good(new TrainedRun(Run, attempt: 4).Begin(epochs: 1));
        before = Evaluate().Output;
        saved = StoredTensor.ReadAll(Weights);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void WithOtherTensorsAndWithoutCountsOfBatches()
    {
        StoredTensor.WriteAll(
            Weights,
            [
                .. saved.Where(tensor => tensor.Type == "F32"), new StoredTensor(RandomState, "U8", [3], [1, 2, 3]),
            ]);
        var run = Evaluate();
        Assert.That(run.Output, Is.EqualTo(before));
        Assert.That(run.Error, Does.Not.Contain("converted"));
    }

    [Test, Exhaustive]
    public void InDoublePrecisionWhichIsSaidOnce()
    {
        StoredTensor.WriteAll(Weights, saved.Select(tensor => tensor.As("F64")));
        var run = Evaluate();
        Assert.That(run.Output, Is.EqualTo(before));
        int converted = saved.Count(tensor => tensor.Type == "F32");
        string line = $"{Weights}: {converted} of {saved.Length} tensors are F64 and were converted to float32";
        Assert.That(run.ErrorLines, Has.Exactly(1).EqualTo(line));
        var predicted = ProgramRun.Good(
            "predict", "--run", Run, "--images", DrawnGalaxies.Images, "--out", folder.Path("answers.csv"),
            "--explain", folder.Path("answers.html"), "--explain-images", "1", "--device", "cpu");
        Assert.That(predicted.ErrorLines, Has.Exactly(1).EqualTo(line));
    }

    [Test]
    public void APrefixAndAPyTorchFileAreNamed()
    {
        StoredTensor.WriteAll(Weights, saved.Select(tensor => tensor with { Name = "module." + tensor.Name }));
        Evaluate(good: false).AssertRefused(UserError, Weights, "begin with 'module.'", "model.module.state_dict()");
        File.WriteAllBytes(Weights, [.. "PK\u0003\u0004"u8, .. new byte[22], 16, 0, 0, 0, .. "archive/data.pkl"u8]);
        Evaluate(good: false).AssertRefused(UserError, Weights, "is a PyTorch file", "safetensors.torch.save_file");
    }

    private ProgramRun Evaluate(bool good = true)
    {
        string[] line = ["evaluate", "--run", Run, "--data", DrawnGalaxies.Folder, "--device", "cpu", "--json"];
        return good ? ProgramRun.Good(line) : ProgramRun.Of(line);
    }
}
