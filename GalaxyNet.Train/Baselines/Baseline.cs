namespace GalaxyNet.Train;

/// <summary>A model that hardly looks at the images, and its score.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rmse">Over all images it was scored on and all 37 classes.</param>
/// <param name="Images">How many images it was scored on.</param>
/// <param name="Parameters">The numbers in it that come from the labels.</param>
/// <param name="NotebookRmse">What the notebook reports.</param>
internal sealed record Baseline(string Name, double Rmse, int Images, int Parameters, double NotebookRmse)
{
    /// <summary>The notebook's three, on galaxies in the order of their labels.</summary>
    /// <param name="colors">The images' colors.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="split">What to fit to and what to score on.</param>
    public static IReadOnlyList<Baseline> All(ImageColors colors, Labels labels, TrainTestSplit split) =>
    [
        Regression("centre pixel", colors.Centers, labels, split, NotebookScores.CenterPixel),
        Regression("average colour", colors.Averages, labels, split, NotebookScores.AverageColor),
        MeanGuess(labels),
    ];

    private static Baseline Regression(
        string name, double[][] colors, Labels labels, TrainTestSplit split, double notebookRmse)
    {
        var regression = LinearRegression.Fit(
            [.. split.Train.Select(galaxy => colors[galaxy])],
            [.. split.Train.Select(galaxy => Array.ConvertAll(labels[galaxy].ToArray(), vote => (double)vote))]);
        float[] predictions =
            [.. split.Test.SelectMany(galaxy => regression.Predict(colors[galaxy])).Select(vote => (float)vote)];
        float[] votes = [.. split.Test.SelectMany(galaxy => labels[galaxy].ToArray())];
        var score = new Score(predictions, votes);
        return new Baseline(name, score.Rmse, score.Images, regression.ParameterCount, notebookRmse);
    }

    /// <summary>The notebook takes the mean of all galaxies and scores it on all of them, without a split.</summary>
    private static Baseline MeanGuess(Labels labels)
    {
        float[] means = Array.ConvertAll(labels.Means(), mean => (float)mean);
        var score = Score.OfGuess(means, labels.Fractions);
        return new Baseline("mean guess", score.Rmse, score.Images, means.Length, NotebookScores.MeanGuess);
    }
}
