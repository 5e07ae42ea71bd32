namespace GalaxyNet.Train;

/// <summary>What is known of each of the 37 classes over some galaxies.</summary>
internal sealed class ClassVotes
{
    private const int Classes = DecisionTree.ClassCount;

    /// <summary>Adds up vote fractions.</summary>
    /// <param name="fractions">[galaxies, 37]; NaN where one is not known.</param>
    public ClassVotes(float[] fractions)
    {
        for (int i = 0; i < fractions.Length; i++)
        {
            if (float.IsNaN(fractions[i]))
                continue;
            Sums[i % Classes] += fractions[i];
            Known[i % Classes]++;
        }
    }

    /// <summary>The sum of each class over the galaxies where it is known.</summary>
    public double[] Sums { get; } = new double[Classes];

    /// <summary>For how many galaxies each class is known.</summary>
    public int[] Known { get; } = new int[Classes];

    /// <summary>The mean of each class over the galaxies where it is known; 0 if it is known of none.</summary>
    public float[] MeansOrZero => [.. Sums.Zip(Known, (sum, known) => (float)(sum / Math.Max(known, 1)))];

    /// <summary>The share that each class has of all known votes; 1/37 each if there are no votes but 0.</summary>
    public float[] Shares
    {
        get
        {
            double total = Sums.Sum();
            return total > 0 ? Array.ConvertAll(Sums, sum => (float)(sum / total)) : Even;
        }
    }

    /// <summary>The classes of which no vote is known.</summary>
    public IReadOnlyList<string> UnknownClasses =>
        [.. DecisionTree.ClassNames.Where((_, index) => Known[index] == 0)];

    /// <summary>The same weight for each class, 1/37.</summary>
    public static float[] Even => [.. Enumerable.Repeat(1f / Classes, Classes)];

    /// <summary>What whoever trains on these votes should know of them, a line each.</summary>
    /// <param name="weightsClasses">True if <see cref="Shares"/> weigh the classes in the loss.</param>
    public IEnumerable<string> Remarks(bool weightsClasses)
    {
        if (UnknownClasses.Count > 0)
            yield return $"{string.Join(", ", UnknownClasses)}: no vote of the galaxies to train on is known, so the "
                + "network does not learn what to predict there, and 0 stands for the mean";
        if (weightsClasses && Sums.Sum() == 0)
            yield return "All known votes of the galaxies to train on are 0, so no class has a share of them: "
                + $"each gets the same weight in the loss, 1/{Classes}";
    }
}
