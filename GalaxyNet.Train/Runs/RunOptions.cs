using System.Text.Json.Serialization;

namespace GalaxyNet.Train;

/// <summary>What a run was made with: all that is needed to continue it, or to predict.</summary>
/// <param name="Settings">What the user decided.</param>
/// <param name="Crop">How galaxies are cut out: <c>tight</c> or <c>wide</c>.</param>
/// <param name="Size">The width and height of the images, in pixels.</param>
/// <param name="TrainImages">How many images are trained on.</param>
/// <param name="TestImages">How many are kept for the test.</param>
/// <param name="DataDigest">The <see cref="GalaxyDataset.Digest"/> of the galaxies.</param>
/// <param name="ClassNames">The names of the network's outputs.</param>
/// <param name="ClassMeans">The mean votes of the training images.</param>
/// <param name="LossWeights">The weight of each class in the loss.</param>
internal sealed record RunOptions(
    TrainingSettings Settings,
    string Crop,
    int Size,
    int TrainImages,
    int TestImages,
    string DataDigest,
    IReadOnlyList<string> ClassNames,
    float[] ClassMeans,
    float[] LossWeights)
{
    /// <summary>The devices that it was trained on, the last one at the end: each gives bits of its own.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>The galaxies to choose the best epoch by, if they were named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? ValidationIds { get; init; }

    /// <summary>The weights that it began from; null if they were drawn at random.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StartingWeights? From { get; init; }

    /// <summary>The <see cref="GalaxyDataset.ImagesDigest"/> of the galaxies; null in older files.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImagesDigest { get; init; }

    /// <summary>
    /// The classes of which no vote was known in training: what the network says of them means nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? UnknownClasses { get; init; }

    /// <summary>In words what <see cref="UnknownClasses"/> are; null if there are none.</summary>
    [JsonIgnore]
    public string? NotLearned => UnknownClasses is { Count: > 0 } unknown
        ? $"Of {string.Join(", ", unknown)} the network was never told a vote"
        : null;

    /// <summary>How many mini-batches an epoch has.</summary>
    [JsonIgnore]
    public long StepsOfEpoch => Plan.StepsOfEpoch(TrainImages);

    /// <summary>What the galaxies are called that each epoch was scored on: see <see cref="TrainingData"/>.</summary>
    [JsonIgnore]
    public string ScoredPart =>
        ValidationIds is { Count: > 0 } || Settings.ValidationFraction > 0 ? "validation"
        : TestImages > 0 ? "test"
        : "training";

    /// <summary>The plan that follows from the settings.</summary>
    [JsonIgnore]
    public TrainingPlan Plan => field ??= new TrainingPlan(Settings);

    /// <summary>False if a file gives options that no run can have.</summary>
    [JsonIgnore]
    public bool IsPossible =>
        Settings.ArePossible
        && Settings.BatchSize <= Plan.MostImages
        && Crop == Plan.Crop.Name
        && Size == Plan.Size
        && ClassMeans.Length == DecisionTree.ClassCount
        && LossWeights.Length == DecisionTree.ClassCount
        && ClassMeans.Concat(LossWeights).All(float.IsFinite)
        && ClassNames.SequenceEqual(DecisionTree.ClassNames);

    /// <summary>The options of a run.</summary>
    public static RunOptions Of(TrainingPlan plan, TrainingData data) => new(
        plan.Settings,
        data.Galaxies.Crop.Name,
        data.Galaxies.Size,
        data.Split.Train.Length,
        data.Split.Test.Length,
        data.Galaxies.Digest(),
        DecisionTree.ClassNames,
        data.ClassMeans,
        data.LossWeights)
    {
        ImagesDigest = data.Galaxies.ImagesDigest,
        UnknownClasses = data.UnknownClasses is { Count: > 0 } unknown ? unknown : null,
    };
}
