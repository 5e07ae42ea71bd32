using System.Globalization;

namespace GalaxyNet.Exercises;

/// <summary>Results that are right but for a factor.</summary>
internal static class FactorPattern
{
    // Those that depend on the case come first: a case may have a batch of 2.
    private static readonly Factor[] Known =
    [
        new("the batch", Batch, "It should be divided by the number of images."),
        new("1/batch", trial => 1 / Batch(trial), "It should not be divided by the number of images."),
        new("the number of pixels", Pixels, "It should be divided by the pixels of an image."),
        new("1/pixels", trial => 1 / Pixels(trial), "It should not be divided by the pixels of an image."),
        new("batch x pixels", trial => Batch(trial) * Pixels(trial), "It should be divided by all that was added up."),
        new("1/(batch x pixels)", trial => 1 / (Batch(trial) * Pixels(trial)), "It should be a sum, not a mean."),
        new("1 - probability", Kept, "What is kept is divided by 1 - probability on the way back, too."),
        new("1/(1 - probability)", trial => 1 / Kept(trial), "It is divided by 1 - probability twice."),
        new("2", _ => 2, "Something is counted twice."),
        new("1/2", _ => 0.5, "The derivative of a square has a factor 2."),
    ];

    /// <summary>One factor for all elements of a case.</summary>
    public static Diagnosis? Find(IReadOnlyList<Comparison> wrong)
    {
        double?[] factors = [.. wrong.Select(FactorOf)];
        if (factors.Contains(null) || wrong.All(each => each.Expected.Length == 1))
            return null;
        var named = Known.FirstOrDefault(known =>
            wrong.Zip(factors).All(pair => Is(pair.Second, known.Of(pair.First.Trial))));
        if (named is not null)
            return new($"right but for a factor: it is {named.Name} times what it should be", named.Hint);
        string first = factors[0]!.Value.ToString("G4", CultureInfo.InvariantCulture);
        return factors.All(factor => Is(factor, factors[0]))
            ? new($"right but for a factor: it is {first} times what it should be", "A constant is wrong.")
            : new(
                $"right but for a factor: it is {first} times what it should be in this case, and another in others",
                "Something without an index is missing or too much, such as the size of a shape, or a setting.");
    }

    /// <summary>What all elements were multiplied by; null if it is not the same for all.</summary>
    private static double? FactorOf(Comparison comparison)
    {
        double product = 0, square = 0;
        for (int i = 0; i < comparison.Expected.Length; i++)
        {
            product += comparison.Written!.Elements()[i] * comparison.Expected.Elements()[i];
            square += comparison.Expected.Elements()[i] * comparison.Expected.Elements()[i];
        }
        double factor = product / square;
        return comparison.Is(Numbers.Like(comparison.Expected, i => factor * comparison.Expected.Elements()[i]))
            ? factor
            : null;
    }

    private static bool Is(double? factor, double? known) =>
        known is not null && Numbers.IsSame(factor!.Value, known.Value, Math.Abs(known.Value));

    private static double? Batch(Trial trial) =>
        trial.Arguments[0].Rank > 1 ? trial.Arguments[0].GetLength(0) : null;

    private static double? Pixels(Trial trial) =>
        PixelsOf(trial.OutputGradient) ?? PixelsOf(trial.Arguments[0]);

    private static double? PixelsOf(Array? images) =>
        images?.Rank == 4 ? images.GetLength(2) * images.GetLength(3) : null;

    private static double? Kept(Trial trial) => 1 - (trial.Reference as DropoutReference)?.Probability;

    private sealed record Factor(string Name, Func<Trial, double?> Of, string Hint);
}
