namespace GalaxyNet.Train;

/// <summary>How far predictions of the same images differ: by view, or by network where there are several.</summary>
/// <param name="predictions">Predictions of the same images, each [images, 37].</param>
internal sealed class Spread(IReadOnlyList<float[]> predictions)
{
    private const int Classes = DecisionTree.ClassCount;

    /// <summary>How many predictions there are of each image.</summary>
    public int Count => predictions.Count;

    /// <summary>The standard deviation of an answer's share of those asked.</summary>
    /// <param name="image">Which image.</param>
    /// <param name="column">The answer, as an index among the 37 classes.</param>
    public double Deviation(int image, int column)
    {
        double[] shares = [.. predictions.Select(each => AnswerShares.Of(Of(each, image), column))];
        double mean = shares.Average();
        return Math.Sqrt(shares.Average(share => (share - mean) * (share - mean)));
    }

    /// <summary>How many of the predictions have this answer as the most probable one to its question.</summary>
    /// <inheritdoc cref="Deviation"/>
    public int Agreeing(int image, int column)
    {
        var question = DecisionTree.QuestionOf(column);
        return predictions.Count(each => MainAnswers.MostPopular(question, Of(each, image)) == column);
    }

    private static ReadOnlySpan<float> Of(float[] predictions, int image) =>
        predictions.AsSpan(image * Classes, Classes);
}
