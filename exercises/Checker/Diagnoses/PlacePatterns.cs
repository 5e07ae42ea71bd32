namespace GalaxyNet.Exercises;

/// <summary>Results that are wrong in some places.</summary>
internal static class PlacePatterns
{
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

    /// <summary>Some elements.</summary>
    public static Diagnosis? Some(IReadOnlyList<Comparison> wrong)
    {
        var first = wrong.FirstOrDefault(each => each.WrongElements.Count < each.Expected.Length);
        return first is null
            ? null
            : new(
                $"wrong in {first.WrongElements.Count} of {first.Expected.Length} elements, "
                + $"the first {Numbers.NameOf(first.Name, first.Expected, first.WrongElements[0])}",
                "Ask what sets these elements apart from the others.");
    }

    /// <summary>Everywhere.</summary>
    public static Diagnosis All(IReadOnlyList<Comparison> wrong) => new(
        "wrong in every element, in no way that is known here",
        "Do the smallest case by hand, and compare each step.");

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
