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
        MeanGuess(labels, split),
    ];

    private static Baseline Regression(
        string name, double[][] colors, Labels labels, TrainTestSplit split, double notebookRmse)
    {
        LinearRegression?[] regressions =
            [.. Enumerable.Range(0, DecisionTree.ClassCount).Select(index => Fit(index, colors, labels, split.Train))];
        float[] predictions =
        [
            .. split.Test.SelectMany(galaxy => regressions.Select(each =>
                each is null ? 0 : (float)each.Predict(colors[galaxy])[0])),
        ];
        var score = new Score(predictions, labels.Only(split.Test).Fractions);
        return new Baseline(
            name, score.Rmse, score.Images, regressions.Sum(each => each?.ParameterCount ?? 0), notebookRmse);
    }

    /// <summary>Fits a class to the galaxies of which it is known; null if there are none.</summary>
    private static LinearRegression? Fit(int index, double[][] colors, Labels labels, int[] galaxies)
    {
        int[] known = [.. galaxies.Where(galaxy => !float.IsNaN(labels[galaxy][index]))];
        return known.Length == 0
            ? null
            : LinearRegression.Fit(
                [.. known.Select(galaxy => colors[galaxy])],
                [.. known.Select(galaxy => new double[] { labels[galaxy][index] })]);
    }

    /// <summary>
    /// The mean of the galaxies to fit to, scored on the others as the regressions are. (The notebook takes the mean of
    /// all galaxies and scores it on all of them.)
    /// </summary>
    private static Baseline MeanGuess(Labels labels, TrainTestSplit split)
    {
        float[] means = Array.ConvertAll(labels.Only(split.Train).Means(), mean => (float)mean);
        var score = Score.OfGuess(means, labels.Only(split.Test).Fractions);
        return new Baseline("mean guess", score.Rmse, score.Images, means.Length, NotebookScores.MeanGuess);
    }
}
