namespace GalaxyNet.Train;

/// <summary>Which plane of a cube is which color.</summary>
internal static class FitsBands
{
    private const string ByWavelength = "ugrizy";

    /// <summary>
    /// Puts the planes into the order red, green, blue. They are in it already, as programs that show such cubes take
    /// them, unless the file names filters: the cutouts of the Legacy Surveys have <c>BANDS = 'grz'</c>, blue first.
    /// </summary>
    /// <param name="planes">One plane, or three.</param>
    /// <param name="bands">The letters of their filters, if the file has them.</param>
    public static IReadOnlyList<double[]> RedFirst(double[][] planes, string? bands)
    {
        int[] wavelengths =
            [.. (bands ?? "").Select(letter => ByWavelength.IndexOf(letter, StringComparison.OrdinalIgnoreCase))];
        return wavelengths.Length == planes.Length && !wavelengths.Contains(-1)
            ? [.. planes.Zip(wavelengths).OrderByDescending(pair => pair.Second).Select(pair => pair.First)]
            : planes;
    }
}
