namespace GalaxyNet.Exercises;

/// <summary>Results that are wrong in the same way in all of a channel.</summary>
internal static class ChannelPatterns
{
    private const int Channels = 1; // the axis

    /// <summary>Each channel is off by a number of its own.</summary>
    public static Diagnosis? Added(IReadOnlyList<Comparison> wrong) =>
        Holds(wrong, (written, expected) => written - expected, (number, expected) => expected + number)
            ? new(
                "in each channel off by one number, the same for all elements",
                "A term that belongs to the whole channel, such as a mean, is missing or wrong.")
            : null;

    /// <summary>Each channel has a factor of its own.</summary>
    public static Diagnosis? Multiplied(IReadOnlyList<Comparison> wrong) =>
        Holds(wrong, (written, expected) => written / expected, (number, expected) => expected * number)
            ? new(
                "in each channel right but for a factor, the same for all elements",
                "A factor that belongs to the whole channel, such as its weight, is missing or wrong.")
            : null;

    private static bool Holds(
        IReadOnlyList<Comparison> wrong,
        Func<double, double, double> numberOf,
        Func<double, double, double> with) =>
        wrong[0].Expected.Rank == 4
        && wrong.Any(each => each.Expected.Length > each.Expected.GetLength(Channels))
        && wrong.All(each => each.Is(FromChannels(each, numberOf, with)));

    /// <summary>What comes out if the number of each channel's largest element holds for all its elements.</summary>
    private static Array FromChannels(
        Comparison comparison, Func<double, double, double> numberOf, Func<double, double, double> with)
    {
        var (expected, written) = (comparison.Expected, comparison.Written!);
        int[] channels = [.. Enumerable.Range(0, expected.Length).Select(i => Numbers.PlaceOf(expected, i)[Channels])];
        double[] numbers =
        [
            .. Enumerable.Range(0, expected.GetLength(Channels)).Select(channel =>
            {
                int largest = Enumerable.Range(0, expected.Length).Where(i => channels[i] == channel)
                    .MaxBy(i => Math.Abs(expected.Elements()[i]));
                return numberOf(written.Elements()[largest], expected.Elements()[largest]);
            }),
        ];
        return Numbers.Like(expected, i => with(numbers[channels[i]], expected.Elements()[i]));
    }
}
