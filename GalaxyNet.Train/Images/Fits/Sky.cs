namespace GalaxyNet.Train;

/// <summary>The sky behind the sources of an image.</summary>
/// <param name="Level">Its brightness, in the image's units.</param>
/// <param name="Noise">The standard deviation of its pixels; 0 if most are equal.</param>
internal readonly record struct Sky(double Level, double Noise)
{
    private const int MostPixels = 1 << 18; // of which the median is exact enough
    private const int MostRounds = 20;
    private const double Clip = 3; // standard deviations
    private const double DeviationOfMedian = 1.4826; // a normal distribution's, in its median absolute deviations

    /// <summary>
    /// Measures the sky: the median, and 1.4826 times the median absolute deviation (MAD), of the pixels that are
    /// within three standard deviations of the median, repeated until no pixel is left out any more.
    /// </summary>
    /// <param name="pixels">All pixels; those that are not finite do not count.</param>
    /// <returns>Null if none is finite.</returns>
    public static Sky? Of(double[] pixels)
    {
        int step = Math.Max(1, (pixels.Length + MostPixels - 1) / MostPixels);
        double[] sorted = [.. pixels.Where((value, i) => i % step == 0 && double.IsFinite(value)).Order()];
        if (sorted.Length == 0)
            return null;
        var deviations = new double[sorted.Length];
        var (first, end) = (0, sorted.Length);
        Sky sky = default;
        for (int round = 0; round < MostRounds; round++)
        {
            sky = Of(sorted.AsSpan(first..end), deviations);
            int left = Array.FindIndex(sorted, value => value >= sky.Level - (Clip * sky.Noise));
            int right = Array.FindLastIndex(sorted, value => value <= sky.Level + (Clip * sky.Noise)) + 1;
            if (sky.Noise == 0 || (left <= first && right >= end))
                break;
            (first, end) = (Math.Max(first, left), Math.Min(end, right));
        }
        return sky;
    }

    private static Sky Of(ReadOnlySpan<double> sorted, double[] deviations)
    {
        double median = sorted[sorted.Length / 2];
        for (int i = 0; i < sorted.Length; i++)
            deviations[i] = Math.Abs(sorted[i] - median);
        var used = deviations.AsSpan(0, sorted.Length);
        used.Sort();
        return new Sky(median, DeviationOfMedian * used[used.Length / 2]);
    }
}
