namespace GalaxyNet.Exercises;

/// <summary>What the wrong cases have in common, and no other case has.</summary>
internal static class CasePattern
{
    private static readonly (string Name, Func<Comparison, bool> IsTrue)[] Known =
    [
        ("a stride over 1", each => Setting(each, "stride") > 1),
        ("padding", each => Setting(each, "padding") > 0),
        ("more than one image", each => each.Trial.Arguments[0] is { Rank: > 1 } input && input.GetLength(0) > 1),
        ("more than one pixel", each => each.Trial.Arguments[0] is { Rank: 4 } images
            && images.GetLength(2) * images.GetLength(3) > 1),
    ];

    /// <summary>A sentence on it; null if nothing known sets them apart.</summary>
    public static string? Of(IReadOnlyList<Comparison> wrong)
    {
        Comparison[] right =
        [
            .. wrong[0].Exercise.Trials.Except(wrong.Select(each => each.Trial))
                .Select(trial => wrong[0] with { Trial = trial }),
        ];
        string[] common =
        [
            .. Known.Where(each => right.Length > 0 && wrong.All(each.IsTrue) && !right.Any(each.IsTrue))
                .Select(each => each.Name),
        ];
        return common.Length == 0
            ? null
            : $"It is wrong in just the cases with {string.Join(", which are those with ", common)}.";
    }

    private static int? Setting(Comparison comparison, string name) =>
        comparison.Exercise.NamedParametersFor(comparison.Trial)
            .FirstOrDefault(each => each.Name == name).Value as int?;
}
