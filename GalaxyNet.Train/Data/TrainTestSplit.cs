namespace GalaxyNet.Train;

/// <summary>
/// Which pictures train and which test: the same as <c>sklearn.model_selection.train_test_split</c> picks.
/// </summary>
/// <param name="Train">Indices to train on, in the order in which scikit-learn gives them.</param>
/// <param name="Test">Indices kept for the test.</param>
internal sealed record TrainTestSplit(int[] Train, int[] Test)
{
    /// <summary>
    /// Permutes 0 to <paramref name="count"/> - 1 with NumPy's generator; the first ceil(count * fraction) test.
    /// </summary>
    /// <param name="count">How many pictures there are.</param>
    /// <param name="testFraction">At least 0 and under 1. With 0, which scikit-learn refuses, all train.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <exception cref="UserErrorException">Nothing would be left to train on.</exception>
    public static TrainTestSplit Create(int count, double testFraction, uint seed)
    {
        if (testFraction is not (>= 0 and < 1))
            throw new UserErrorException($"The test fraction {testFraction} must be at least 0 and less than 1.");
        int testCount = (int)Math.Ceiling(count * testFraction);
        if (testCount >= count)
            throw new UserErrorException(
                $"A test fraction of {testFraction} leaves none of {count} pictures to train on: make it smaller.");
        int[] order = new MersenneTwister(seed).Permutation(count);
        return new TrainTestSplit(order[testCount..], order[..testCount]);
    }
}
