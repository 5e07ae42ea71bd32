namespace GalaxyNet.Tests;

/// <summary>The folder of a small run on the drawn galaxies: 8 steps an epoch, a second or so in all.</summary>
/// <param name="folder">Where.</param>
/// <param name="attempt">Of the notebook's networks.</param>
internal sealed class TrainedRun(string folder, int attempt = 1)
{
    public const int Epochs = 12;
    public const int StepsPerEpoch = 8;

    public string Folder { get; } = folder;

    public string CheckpointFolder => Path.Combine(Folder, "checkpoints");

    public byte[] Weights => File.ReadAllBytes(Path.Combine(Folder, "weights.safetensors"));

    /// <summary>The names of the checkpoints.</summary>
    public string[] Checkpoints => !Directory.Exists(CheckpointFolder)
        ? []
        : [.. Directory.GetFiles(CheckpointFolder, "*.safetensors").Select(path => Path.GetFileName(path))];

    /// <summary>How many steps the run has got to, by its last checkpoint.</summary>
    public int Steps => Checkpoints.Select(StepsOf).DefaultIfEmpty(0).Max();

    public string[] Begin(params string[] more) => Begin(Epochs, more);

    public string[] Begin(int epochs, params string[] more) =>
    [
        "train", "--data", DrawnGalaxies.Folder, "--out", Folder, "--attempt", $"{attempt}", "--batch-size", "1",
        // Its learning rate is constant, so that more epochs change none before.
        "--recipe", "notebook", "--epochs", $"{epochs}", "--device", "cpu", .. more,
    ];

    public string[] GoOn(params string[] more) =>
        ["train", "--resume", "--data", DrawnGalaxies.Folder, "--out", Folder, "--device", "cpu", .. more];

    public string PathOf(string checkpoint) => Path.Combine(CheckpointFolder, checkpoint);

    /// <summary>Every file has all its bytes, whatever happened to the program.</summary>
    public void AssertEveryFileIsWhole()
    {
        foreach (string path in Directory.GetFiles(Folder, "*.safetensors", SearchOption.AllDirectories))
            Assert.That(() => Safetensors.Open(path).Dispose(), Throws.Nothing);
    }

    public void AssertSameWeightsAs(TrainedRun other) =>
        Assert.That(Weights.AsSpan().SequenceEqual(other.Weights), "The weights are not the same bit for bit.");

    private static int StepsOf(string checkpoint)
    {
        int[] numbers =
        [
            .. Path.GetFileNameWithoutExtension(checkpoint).Split('-').Where(part => char.IsDigit(part[0]))
                .Select(int.Parse),
        ];
        return numbers.Length == 1 ? numbers[0] * StepsPerEpoch : ((numbers[0] - 1) * StepsPerEpoch) + numbers[1];
    }
}
