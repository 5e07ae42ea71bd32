namespace GalaxyNet.Exercises;

/// <summary>Results that are wrong as a whole.</summary>
internal static class NumberPatterns
{
    private const double MostIfClose = 1e-2; // of the largest element

    /// <summary>NaN or infinite numbers.</summary>
    public static Diagnosis? NotFinite(IReadOnlyList<Comparison> wrong)
    {
        foreach (var each in wrong)
        {
            int[] found = [.. each.WrongElements.Where(i => !double.IsFinite(each.Written!.Elements()[i]))];
            if (found.Length > 0)
                return new(
                    $"NaN or infinite in {found.Length} of {each.Expected.Length} elements, "
                    + $"the first {Numbers.NameOf(each.Name, each.Expected, found[0])}",
                    "Look for a division by 0, a root of a negative number, or a NaN among the inputs.");
        }
        return null;
    }

    /// <summary>A step that has not changed an argument.</summary>
    public static Diagnosis? Unchanged(IReadOnlyList<Comparison> wrong) =>
        wrong.All(each => each.Trial.IsStep && each.Is(each.Trial.Input(each.Name)))
            ? new("as it was before", "The array itself has to be changed, element by element.")
            : null;

    /// <summary>Nothing but zeros.</summary>
    public static Diagnosis? Zero(IReadOnlyList<Comparison> wrong) =>
        Holds(wrong, expected => 0)
            ? new("0 in every element", "Nothing is written to it, or everything is multiplied by 0.")
            : null;

    /// <summary>The other sign.</summary>
    public static Diagnosis? Negative(IReadOnlyList<Comparison> wrong) =>
        Holds(wrong, expected => -expected)
            ? new("the sign of every element is wrong", "Look for a minus that is missing, or one too many.")
            : null;

    /// <summary>Numbers that are nearly right.</summary>
    public static Diagnosis? Close(IReadOnlyList<Comparison> wrong) =>
        wrong.All(each => Numbers.Largest(DifferenceOf(each)) < MostIfClose * Numbers.Largest(each.Expected))
            ? new("nearly right", "A small number, such as epsilon, is missing, too much, or in the wrong place.")
            : null;

    /// <summary>Another result in its place.</summary>
    public static Diagnosis? Exchanged(IReadOnlyList<Comparison> wrong)
    {
        var trial = wrong[0].Trial;
        var others = Enumerable.Range(0, trial.Expected.Count).Where(i => i != wrong[0].Result);
        int other = others.FirstOrDefault(i => wrong.All(each => each.Is(each.Trial.Expected[i])), -1);
        return other < 0
            ? null
            : new($"it is {trial.ResultNames[other]}", "Look at the order in which the results are returned.");
    }

    private static Array DifferenceOf(Comparison comparison) => Numbers.Like(
        comparison.Expected, i => comparison.Written!.Elements()[i] - comparison.Expected.Elements()[i]);

    private static bool Holds(IReadOnlyList<Comparison> wrong, Func<double, double> change) =>
        wrong.All(each => each.Is(Numbers.Like(each.Expected, i => change(each.Expected.Elements()[i]))));
}
