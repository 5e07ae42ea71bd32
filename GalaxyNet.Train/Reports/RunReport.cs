namespace GalaxyNet.Train;

/// <summary>What a run's <c>report.html</c> shows: how it was trained, and the errors of its predictions.</summary>
internal sealed class RunReport
{
    private readonly float[] predictions;

    /// <summary>Compares the predictions with the votes.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="options">What it was made with.</param>
    /// <param name="galaxies">All galaxies.</param>
    /// <param name="scored">Which of them were predicted.</param>
    /// <param name="predictions">The predictions: [scored, 37].</param>
    public RunReport(string name, RunOptions options, GalaxyDataset galaxies, int[] scored, float[] predictions)
    {
        Name = name;
        Options = options;
        Galaxies = galaxies;
        float[] targets = galaxies.TargetsOf(scored);
        Score = new Score(predictions, targets);
        Guess = Score.OfGuess(options.ClassMeans, targets);
        this.predictions = predictions;
        if (galaxies.Digest() == options.DataDigest)
        {
            var data = new TrainingData(galaxies, options.Plan, options.ValidationIds);
            GuessOfHistory = Score.OfGuess(options.ClassMeans, galaxies.TargetsOf(data.Scored.Images)).Rmse;
        }
        ByError =
        [
            .. scored
                .Select((galaxy, i) => new PredictedGalaxy(
                    galaxy,
                    galaxies.Ids[galaxy],
                    predictions[(i * DecisionTree.ClassCount)..((i + 1) * DecisionTree.ClassCount)],
                    galaxies.Target(galaxy).ToArray()))
                .OrderByDescending(galaxy => galaxy.Rmse),
        ];
    }

    /// <summary>What the run is called.</summary>
    public string Name { get; }

    /// <summary>What it was made with.</summary>
    public RunOptions Options { get; }

    /// <summary>All galaxies.</summary>
    public GalaxyDataset Galaxies { get; }

    /// <summary>Which galaxies were scored, in words.</summary>
    public required string Subset { get; init; }

    /// <summary>Where it was scored; for training see <see cref="RunOptions.Devices"/>.</summary>
    public required string Device { get; init; }

    /// <summary>The finished epochs; empty if they are no longer known.</summary>
    public required IReadOnlyList<EpochResult> History { get; init; }

    /// <summary>The errors of the predictions.</summary>
    public Score Score { get; }

    /// <summary>The errors of always guessing the mean votes of training.</summary>
    public Score Guess { get; }

    /// <summary>What is wrong with the predictions; nothing if all is well.</summary>
    public IReadOnlyList<Finding> Findings => field ??= [.. NotLearned, .. Checked];

    /// <summary>
    /// The RMSE of always guessing the mean, over the galaxies of the history's RMSE; null if they are not among these.
    /// </summary>
    public double? GuessOfHistory { get; }

    /// <summary>The scored galaxies, the largest error first.</summary>
    public IReadOnlyList<PredictedGalaxy> ByError { get; }

    private IEnumerable<Finding> NotLearned => Options.NotLearned is { } what
        ? [new Finding(what, "do not use what it says there, or train with galaxies whose votes on that are known")]
        : [];

    private IReadOnlyList<Finding> Checked
    {
        get
        {
            int epochs = History.Count > 0 ? History.Count : Options.Settings.Epochs;
            return PredictionCheck.Of(predictions, Score, Guess, Options.Settings, epochs * Options.StepsOfEpoch);
        }
    }

    /// <summary>Writes the page, whole or not at all.</summary>
    public void Write(string path) => ReportPage.Of(this).Write(path);
}

/// <summary>A galaxy with its predicted votes and those of the volunteers.</summary>
/// <param name="Index">Its index in the <see cref="GalaxyDataset"/>.</param>
/// <param name="Id">Its number.</param>
/// <param name="Predicted">The 37 vote fractions that the network predicts.</param>
/// <param name="Voted">Those of the volunteers; NaN where one is not known.</param>
internal sealed record PredictedGalaxy(int Index, long Id, float[] Predicted, float[] Voted)
{
    /// <summary>True if the volunteers' votes are known.</summary>
    public bool HasVotes => Voted.Length > 0;

    /// <summary>The root mean square error over those of its 37 classes that are known; NaN if none is.</summary>
    public double Rmse { get; } = new Score(Predicted, Voted).Rmse;
}
