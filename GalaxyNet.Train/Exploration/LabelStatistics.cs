namespace GalaxyNet.Train;

/// <summary>What the notebook asks of the labels.</summary>
internal static class LabelStatistics
{
    /// <summary>The fractions of a class: [galaxies].</summary>
    public static double[] Column(this Labels labels, int index) =>
        [.. Enumerable.Range(0, labels.Ids.Count).Select(galaxy => (double)labels[galaxy][index])];

    /// <summary>How many galaxies have a half or more of the votes for a class.</summary>
    public static int CountAtLeastHalf(this Labels labels, int index) =>
        Enumerable.Range(0, labels.Ids.Count).Count(galaxy => labels[galaxy][index] >= 0.5f);

    /// <summary>The galaxy with the most votes for a class: its place in the labels, the first where several have as many.</summary>
    public static int TopGalaxy(this Labels labels, int index) =>
        Enumerable.Range(0, labels.Ids.Count).MaxBy(galaxy => labels[galaxy][index]);

    /// <summary>The galaxies with more than so many of the votes for a class, in the order of the labels.</summary>
    public static Labels Above(this Labels labels, int index, float threshold)
    {
        int[] galaxies =
            [.. Enumerable.Range(0, labels.Ids.Count).Where(galaxy => labels[galaxy][index] > threshold)];
        return new Labels(
            [.. galaxies.Select(galaxy => labels.Ids[galaxy])],
            [.. galaxies.SelectMany(galaxy => labels[galaxy].ToArray())]);
    }
}
