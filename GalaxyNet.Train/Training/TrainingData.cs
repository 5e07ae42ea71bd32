namespace GalaxyNet.Train;

/// <summary>Galaxies in memory, and which of them train.</summary>
internal sealed class TrainingData
{
    /// <summary>Splits labeled galaxies as the plan's settings say.</summary>
    /// <param name="galaxies">All of them.</param>
    /// <param name="plan">How to split them.</param>
    /// <param name="validationIds">
    /// The galaxies to choose the best epoch by; without any, they are a share that the settings give.
    /// </param>
    /// <exception cref="UserErrorException">Nothing would be left to train on, or no galaxy has such an id.</exception>
    public TrainingData(GalaxyDataset galaxies, TrainingPlan plan, IReadOnlyList<long>? validationIds = null)
    {
        Galaxies = galaxies;
        var settings = plan.Settings;
        validationIds ??= [];
        (Split, Validation) = validationIds.Count > 0
            ? SplitByIds(galaxies, settings, [.. validationIds])
            : SplitByShare(galaxies, settings);
        var votes = new ClassVotes(galaxies.TargetsOf(Split.Train));
        ClassMeans = votes.MeansOrZero;
        LossWeights = plan.WeightsClasses ? votes.Shares : ClassVotes.Even;
        UnknownClasses = votes.UnknownClasses;
        if (settings.Shards > 1)
            Deal = new ShardDeal(Split.Train, settings.BatchSize, settings.Shards, galaxies.Crops.HomeOf);
        Remarks = [.. votes.Remarks(plan.WeightsClasses), .. Absent(validationIds)];
    }

    /// <summary>All galaxies.</summary>
    public GalaxyDataset Galaxies { get; }

    /// <summary>Which of them are for training and which for the test.</summary>
    public TrainTestSplit Split { get; }

    /// <summary>Those to choose the best epoch by, which are in neither part of the split.</summary>
    public int[] Validation { get; }

    /// <summary>The training images dealt to shards, if there are several.</summary>
    public ShardDeal? Deal { get; }

    /// <summary>
    /// The mean votes of the training images, where they are known: the best guess without looking. 0 for a class of
    /// which no vote is known.
    /// </summary>
    public float[] ClassMeans { get; }

    /// <summary>The weight of each class in the loss: its share of all known votes in training, or 1/37.</summary>
    public float[] LossWeights { get; }

    /// <summary>The classes of which no vote of the training images is known: no output is trained for them.</summary>
    public IReadOnlyList<string> UnknownClasses { get; }

    /// <summary>What the user should know of the votes and of the validation, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>True if there are images to test on.</summary>
    public bool HasTest => Split.Test.Length > 0;

    /// <summary>True if there are images to choose the best epoch by.</summary>
    public bool HasValidation => Validation.Length > 0;

    /// <summary>The images to score each epoch on: of validation if there are any, else those of the test.</summary>
    public ScoredPart Scored => HasValidation ? ValidationPart : Reported;

    /// <summary>The images that the trained network is reported on: of the test if there are any.</summary>
    public ScoredPart Reported => HasTest ? new ScoredPart("test", Split.Test)
        : HasValidation ? ValidationPart
        : new ScoredPart("training", Split.Train);

    private ScoredPart ValidationPart => new("validation", Validation);

    private static (TrainTestSplit Split, int[] Validation) SplitByShare(
        GalaxyDataset galaxies, TrainingSettings settings)
    {
        var split = TrainTestSplit.Create(galaxies.Count, settings.TestFraction, settings.SplitSeed);
        if (settings.ValidationFraction == 0)
            return (split, []);
        var inner = TrainTestSplit
            .Create(split.Train.Length, settings.ValidationFraction, settings.SplitSeed, "validation")
            .Among(split.Train);
        return (split with { Train = inner.Train }, inner.Test);
    }

    private IEnumerable<string> Absent(IReadOnlyList<long> validationIds)
    {
        long[] absent = [.. validationIds.Except(Galaxies.Ids)];
        if (absent.Length > 0)
            yield return $"{absent.Length:N0} of the {validationIds.Count:N0} --validation-ids are not among the "
                + $"galaxies, {absent[0]} the first of them";
    }

    private static (TrainTestSplit Split, int[] Validation) SplitByIds(
        GalaxyDataset galaxies, TrainingSettings settings, HashSet<long> ids)
    {
        var parts = Enumerable.Range(0, galaxies.Count).ToLookup(galaxy => ids.Contains(galaxies.Ids[galaxy]));
        int[] others = [.. parts[false]];
        if (!parts.Contains(true))
            throw new UserErrorException("None of the --validation-ids is a galaxy of --data.");
        if (others.Length == 0)
            throw new UserErrorException(
                "The --validation-ids are all the galaxies of --data, and leave none to train on: take some out.");
        var split = TrainTestSplit.Create(others.Length, settings.TestFraction, settings.SplitSeed);
        return (split.Among(others), [.. parts[true]]);
    }
}

/// <summary>Images to score a network on.</summary>
/// <param name="Name"><c>test</c>, <c>validation</c> or <c>training</c>.</param>
/// <param name="Images">Which.</param>
internal readonly record struct ScoredPart(string Name, int[] Images);
