namespace GalaxyNet.Exercises;

/// <summary>Results that are wrong in some places.</summary>
internal static class PlacePatterns
{
    private const double MostIfSome = 0.75; // of a result's elements

    /// <summary>Wrong near the border of images, and right within.</summary>
    public static Diagnosis? Border(IReadOnlyList<Comparison> wrong)
    {
        if (wrong[0] is not { Name: "dx", Expected.Rank: 4 })
            return null;
        int[] widths = [.. wrong.Select(WidthOfBorder)];
        return widths.Contains(0)
            ? null
            : new(
                $"right but at the border of the images, {Count(widths[0], "pixel")} wide in this case",
                "Look at the padding, and at what lies outside an image.");
    }

    /// <summary>Nothing was written to some elements.</summary>
    public static Diagnosis? LeftOut(IReadOnlyList<Comparison> wrong) =>
        FirstWrongInSome(wrong, most: 1) is { } first
        && wrong.All(each => each.WrongElements.All(i => each.Written!.Elements()[i] == 0))
            ? new($"0 in {Places(first)}, and right in the others", "Does a loop end too early, or leave these out?")
            : null;

    /// <summary>Some elements.</summary>
    public static Diagnosis? Some(IReadOnlyList<Comparison> wrong) =>
        FirstWrongInSome(wrong, MostIfSome) is { } first
            ? new($"wrong in {Places(first)}", "Ask what sets these elements apart from the others.")
            : null;

    /// <summary>Everywhere, or nearly so.</summary>
    public static Diagnosis All(IReadOnlyList<Comparison> wrong) => new(
        $"wrong in {(FirstWrongInSome(wrong, most: 1) is null ? "" : "nearly ")}every element, "
        + "in no way that is known here",
        "Follow the example of the page through your loops, and compare each step.");

    private static Comparison? FirstWrongInSome(IReadOnlyList<Comparison> wrong, double most) =>
        wrong.FirstOrDefault(each => each.WrongElements.Count < most * each.Expected.Length);

    private static string Places(Comparison wrong) =>
        $"{wrong.WrongElements.Count} of {wrong.Expected.Length} elements, "
        + $"the first {Numbers.NameOf(wrong.Name, wrong.Expected, wrong.WrongElements[0])}";

    /// <summary>How many pixels from the border the wrong ones lie at most; 0 if none is right by that.</summary>
    private static int WidthOfBorder(Comparison comparison)
    {
        var (height, width) = (comparison.Expected.GetLength(2), comparison.Expected.GetLength(3));
        int border = comparison.WrongElements.Max(DistanceToBorder);
        return 2 * border < Math.Min(height, width) ? border : 0;

        int DistanceToBorder(int element)
        {
            int[] place = Numbers.PlaceOf(comparison.Expected, element);
            return 1 + Math.Min(
                Math.Min(place[2], height - 1 - place[2]), Math.Min(place[3], width - 1 - place[3]));
        }
    }

    private static string Count(int number, string noun) => number == 1 ? $"{number} {noun}" : $"{number} {noun}s";
}
