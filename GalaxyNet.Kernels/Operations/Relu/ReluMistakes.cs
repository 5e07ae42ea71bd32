namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="ReluReference"/>.</summary>
internal static class ReluMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of("no-mask", "dy passes everywhere, also where x is not positive.", (x, dy) => dy),
        Of("mask-from-gradient", "dy passes where dy is positive, not where x is.", (x, dy) => dy > 0 ? dy : 0),
        Of("wrong-side", "dy passes where x is not positive.", (x, dy) => x > 0 ? 0 : dy),
        Of("output-for-slope", "dy is multiplied by y, where the slope 1 should be.", (x, dy) => Math.Max(x, 0) * dy),
    ];

    /// <summary>A mistake that is made alike for each element.</summary>
    private static Mistake Of(string name, string description, Func<double, double, double> dx) => new(
        name, description, (_, arguments, dy) => [arguments[0].Flat().Zip(dy.Flat(), dx).ToArray()]);
}
