namespace GalaxyNet.Train;

/// <summary>How far predictions are from the votes, as root mean square errors.</summary>
internal sealed class Score
{
    private const int Classes = DecisionTree.ClassCount;

    /// <summary>Compares predictions with targets, both [images, 37].</summary>
    public Score(float[] predictions, float[] targets)
    {
        Images = targets.Length / Classes;
        var sums = new double[Classes];
        for (int i = 0; i < targets.Length; i++)
            sums[i % Classes] += Math.Pow((double)predictions[i] - targets[i], 2);
        Rmse = Math.Sqrt(sums.Sum() / targets.Length);
        RmsePerClass = Array.ConvertAll(sums, sum => Math.Sqrt(sum / Images));
    }

    /// <summary>How many images were compared.</summary>
    public int Images { get; }

    /// <summary>Over all images and all 37 classes together: the challenge's measure.</summary>
    public double Rmse { get; }

    /// <summary>Over all images, class by class.</summary>
    public double[] RmsePerClass { get; }

    /// <summary>The score of predicting the same 37 numbers for every image.</summary>
    public static Score OfGuess(float[] guess, float[] targets) =>
        new([.. targets.Select((_, i) => guess[i % Classes])], targets);
}
