namespace GalaxyNet.Train;

/// <summary>How far predictions of the same image differ: by view, and by network.</summary>
/// <param name="predictions">Predictions of the image, each of 37 outputs.</param>
internal sealed class Spread(IReadOnlyList<float[]> predictions)
{
    /// <summary>The standard deviation of an answer's share of those asked.</summary>
    /// <param name="column">The answer, as an index among the 37 classes.</param>
    public double Deviation(int column)
    {
        double[] shares = [.. predictions.Select(each => AnswerShares.Of(each, column))];
        double mean = shares.Average();
        return Math.Sqrt(shares.Average(share => (share - mean) * (share - mean)));
    }

    /// <summary>How many of the predictions have this answer as the most probable one to its question.</summary>
    /// <inheritdoc cref="Deviation"/>
    public int Agreeing(int column)
    {
        var question = DecisionTree.QuestionOf(column);
        return predictions.Count(each => MainAnswers.MostPopular(question, each) == column);
    }
}
