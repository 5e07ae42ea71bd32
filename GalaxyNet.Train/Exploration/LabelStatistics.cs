namespace GalaxyNet.Train;

/// <summary>What the notebook computes from the labels. A fraction that is not known counts nowhere.</summary>
internal static class LabelStatistics
{
    /// <summary>The fractions of a class: [galaxies]; NaN where one is not known.</summary>
    public static double[] Column(this Labels labels, int index) =>
        [.. Enumerable.Range(0, labels.Ids.Count).Select(galaxy => (double)labels[galaxy][index])];

    /// <summary>How many galaxies have more than half of the votes for a class.</summary>
    /// <remarks>The notebook's titles say "above 0.5" too, though it counts a half as above.</remarks>
    public static int CountAboveHalf(this Labels labels, int index) =>
        Enumerable.Range(0, labels.Ids.Count).Count(galaxy => labels[galaxy][index] > 0.5f);

    /// <summary>
    /// The index of the galaxy with the most votes for a class; the first if several have as many, null if no votes are
    /// known.
    /// </summary>
    public static int? TopGalaxy(this Labels labels, int index) =>
        Enumerable.Range(0, labels.Ids.Count)
            .Where(galaxy => !float.IsNaN(labels[galaxy][index]))
            .Select(galaxy => (int?)galaxy)
            .MaxBy(galaxy => labels[galaxy!.Value][index]);

    /// <summary>The galaxies with more than a share of the votes for a class, in the order of the labels.</summary>
    public static Labels Above(this Labels labels, int index, float threshold) =>
        labels.Only([.. Enumerable.Range(0, labels.Ids.Count).Where(galaxy => labels[galaxy][index] > threshold)]);
}
