namespace GalaxyNet.Train;

/// <summary>The color of light: how much goes to red, green and blue; white is 1, 1, 1.</summary>
internal readonly record struct StarColor(float Red, float Green, float Blue)
{
    /// <summary>Old stars, as in bulges and ellipticals.</summary>
    public static StarColor Old { get; } = new(1.33f, 1.03f, 0.64f);

    /// <summary>Young stars, as in the arms of spirals.</summary>
    public static StarColor Young { get; } = new(0.76f, 0.96f, 1.28f);

    /// <summary>From old (0) to young (1) and a little further each way.</summary>
    public static StarColor OfAge(float blueness) => new(
        Old.Red + ((Young.Red - Old.Red) * blueness),
        Old.Green + ((Young.Green - Old.Green) * blueness),
        Old.Blue + ((Young.Blue - Old.Blue) * blueness));
}
