namespace GalaxyNet.Layers;

/// <summary>
/// Says when to end a training whose score on images that do not train has stopped getting better: it is told the score
/// after each epoch.
/// </summary>
/// <remarks>
/// As in Keras' <c>EarlyStopping</c> and PyTorch Lightning's, with scores of which the smaller is the better: with the
/// patience p and the smallest improvement d, an epoch is the best so far if its score is below that of the best by
/// more than d, and training stops after p epochs in a row that are not. Many small steps that together are more than d
/// count as soon as they are.
/// </remarks>
public sealed class EarlyStopping
{
    /// <summary>Starts before the first epoch.</summary>
    /// <param name="patience">How many epochs in a row may be no better than the best: at least 1.</param>
    /// <param name="smallestImprovement">By more than how much a score must be below the best: at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or not finite.</exception>
    public EarlyStopping(int patience, double smallestImprovement = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!double.IsFinite(smallestImprovement) || smallestImprovement < 0)
            throw new ArgumentOutOfRangeException(
                nameof(smallestImprovement), smallestImprovement, "The smallest improvement is 0 or more.");
        Patience = patience;
        SmallestImprovement = smallestImprovement;
    }

    /// <summary>How many epochs in a row may be no better than the best.</summary>
    public int Patience { get; }

    /// <summary>By more than how much a score must be below the best.</summary>
    public double SmallestImprovement { get; }

    /// <summary>How many epochs there were.</summary>
    public int Epochs { get; private set; }

    /// <summary>The best epoch, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The score of the best epoch; infinite before the first.</summary>
    public double BestScore { get; private set; } = double.PositiveInfinity;

    /// <summary>True once there were as many epochs after the best as the patience allows.</summary>
    public bool Stops => Epochs - BestEpoch >= Patience;

    /// <summary>Takes in the score of the next epoch.</summary>
    /// <param name="score">The score, such as an RMSE: the smaller, the better.</param>
    /// <returns>True if it is the best so far.</returns>
    /// <exception cref="ArgumentException">The score is NaN, which is neither better nor worse.</exception>
    public bool Add(double score)
    {
        if (double.IsNaN(score))
            throw new ArgumentException(
                $"The score of epoch {Epochs + 1} is NaN, which is neither better nor worse than another.",
                nameof(score));
        Epochs++;
        if (BestEpoch > 0 && !(score < BestScore - SmallestImprovement))
            return false;
        (BestEpoch, BestScore) = (Epochs, score);
        return true;
    }
}
