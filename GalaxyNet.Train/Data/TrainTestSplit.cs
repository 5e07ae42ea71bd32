namespace GalaxyNet.Train;

/// <summary>
/// Which images are for training and which for the test, as <c>sklearn.model_selection.train_test_split</c> picks them.
/// </summary>
/// <param name="Train">Indices to train on, in the order in which scikit-learn gives them.</param>
/// <param name="Test">Indices kept for the test.</param>
internal sealed record TrainTestSplit(int[] Train, int[] Test)
{
    /// <summary>The share that the notebook tests on.</summary>
    public const double NotebookTestFraction = 0.2;

    /// <summary>
    /// Permutes 0 to <paramref name="count"/> - 1 with NumPy's generator; the first ceil(count * fraction) are the
    /// test.
    /// </summary>
    /// <param name="count">How many images there are.</param>
    /// <param name="testFraction">At least 0, less than 1. With 0 there is no test; scikit-learn refuses it.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <param name="part">What the test is called, where it is another part that is kept.</param>
    /// <exception cref="UserErrorException">Nothing would be left to train on.</exception>
    public static TrainTestSplit Create(int count, double testFraction, uint seed, string part = "test")
    {
        if (testFraction is not (>= 0 and < 1))
            throw new UserErrorException($"The {part} fraction {testFraction} must be at least 0 and less than 1.");
        int testCount = (int)Math.Ceiling(count * testFraction);
        if (testCount >= count)
            throw new UserErrorException(
                $"A {part} fraction of {testFraction} leaves none of {count} images to train on: make it smaller, or "
                + "give more images.");
        int[] order = new MersenneTwister(seed).Permutation(count);
        return new TrainTestSplit(order[testCount..], order[..testCount]);
    }

    /// <summary>
    /// Puts a share aside for validation and splits the rest, as the notebook does for its baselines: two calls of
    /// <c>train_test_split</c>, the second on what the first gave to train. What was put aside is in neither part.
    /// </summary>
    /// <param name="count">How many images there are.</param>
    /// <param name="validationFraction">The share of all images to put aside; with 0 there is one split only.</param>
    /// <param name="testFraction">The share of the rest to test on.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>, of both.</param>
    /// <exception cref="UserErrorException">Nothing would be left to train on.</exception>
    public static TrainTestSplit CreateAfterValidation(
        int count, double validationFraction, double testFraction, uint seed)
    {
        if (validationFraction == 0)
            return Create(count, testFraction, seed);
        int[] rest = Create(count, validationFraction, seed, "validation").Train;
        return Create(rest.Length, testFraction, seed).Among(rest);
    }

    /// <summary>This split of as many images, given by their own indices.</summary>
    public TrainTestSplit Among(int[] images)
    {
        return new TrainTestSplit(Pick(Train), Pick(Test));

        int[] Pick(int[] indices) => Array.ConvertAll(indices, index => images[index]);
    }
}
