namespace GalaxyNet.Train;

/// <summary>Predictions of about the same share, and how the volunteers voted there.</summary>
/// <param name="Predicted">The mean predicted share.</param>
/// <param name="Voted">The mean share of the votes.</param>
/// <param name="Count">How many predictions: one for each galaxy and answer.</param>
internal readonly record struct CalibrationBin(double Predicted, double Voted, int Count);

/// <summary>Whether answers get as many votes as predicted: of a calibrated network, both means are the same.</summary>
internal static class VoteCalibration
{
    /// <summary>Into how many parts the shares from 0 to 1 are divided.</summary>
    public const int Bins = 10;

    /// <summary>All answers to a question of which the votes are known, in bins by predicted share.</summary>
    /// <returns>[bins]; a bin may be empty.</returns>
    /// <remarks>An output below 0 or above 1, which a network without a last activation can have, counts as 0 or 1.
    /// </remarks>
    public static CalibrationBin[] Of(Question question, IReadOnlyList<PredictedGalaxy> galaxies)
    {
        var (predicted, voted, counts) = (new double[Bins], new double[Bins], new int[Bins]);
        int[] columns = [.. question.ClassNames.Select(DecisionTree.IndexOf)];
        foreach (var galaxy in galaxies)
        {
            foreach (int column in columns.Where(column => !float.IsNaN(galaxy.Voted[column])))
            {
                float share = Math.Clamp(galaxy.Predicted[column], 0, 1);
                int bin = Math.Min((int)(share * Bins), Bins - 1);
                predicted[bin] += share;
                voted[bin] += galaxy.Voted[column];
                counts[bin]++;
            }
        }
        return
        [
            .. counts.Select((count, bin) =>
                count == 0 ? default : new CalibrationBin(predicted[bin] / count, voted[bin] / count, count)),
        ];
    }
}
