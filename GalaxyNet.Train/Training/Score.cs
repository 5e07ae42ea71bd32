namespace GalaxyNet.Train;

/// <summary>How far predictions are from the votes that are known, as root mean square errors.</summary>
internal sealed class Score
{
    private const int Classes = DecisionTree.ClassCount;

    /// <summary>Compares predictions with targets, both [images, 37]; a target that is not known is NaN.</summary>
    public Score(float[] predictions, float[] targets)
    {
        Images = targets.Length / Classes;
        var sums = new double[Classes];
        var known = new int[Classes];
        for (int i = 0; i < targets.Length; i++)
        {
            if (float.IsNaN(targets[i]))
                continue;
            sums[i % Classes] += Math.Pow((double)predictions[i] - targets[i], 2);
            known[i % Classes]++;
        }
        Rmse = Math.Sqrt(sums.Sum() / known.Sum());
        RmsePerClass = [.. sums.Zip(known, (sum, count) => Math.Sqrt(sum / count))];
    }

    /// <summary>How many images were compared.</summary>
    public int Images { get; }

    /// <summary>Over all images and all 37 classes together: the challenge's measure.</summary>
    public double Rmse { get; }

    /// <summary>Over all images, class by class; NaN for a class of which no vote is known.</summary>
    public double[] RmsePerClass { get; }

    /// <summary>The score of predicting the same 37 numbers for every image.</summary>
    public static Score OfGuess(float[] guess, float[] targets) =>
        new([.. targets.Select((_, i) => guess[i % Classes])], targets);
}
