using System.Globalization;
using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>
/// The colors of correlations: one scale for all figures, from blue (-1) over almost white (0) to red (1). It is RdBu
/// of colorbrewer2.org from its end.
/// </summary>
internal static class DivergingColors
{
    private const int Steps = 201; // of the bar

    private static readonly ScottPlot.Range Range = new(-1, 1);

    private static readonly IColormap Colors = new ScottPlot.Colormaps.CustomInterpolated(
    [
        .. new[]
        {
            "#053061", "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582", "#d6604d",
            "#b2182b", "#67001f",
        }.Select(hex => Color.FromHex(hex)),
    ]);

    /// <summary>The color of a number from -1 to 1; NaN is gray.</summary>
    public static Color Of(double value) =>
        double.IsNaN(value) ? ScottPlot.Colors.LightGray : Colors.GetColor(value, Range);

    /// <summary>Draws the scale as a bar with numbers below it.</summary>
    /// <param name="sheet">Where to draw it.</param>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its upper side.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height, without the numbers.</param>
    /// <param name="fontSize">The font size of the numbers, in pixels.</param>
    public static void DrawBar(Sheet sheet, double x, double y, double width, double height, float fontSize)
    {
        byte[] pixels =
        [
            .. Enumerable.Range(0, Steps).Select(step => Of((2.0 * step / (Steps - 1)) - 1))
                .SelectMany(color => new[] { color.R, color.G, color.B }),
        ];
        sheet.Draw(new Image(Steps, 1, 3, pixels), x, y, width, height);
        foreach (double number in new[] { -1, -0.5, 0, 0.5, 1 })
        {
            string text = number.ToString(CultureInfo.InvariantCulture);
            sheet.Write(text, x + ((number + 1) / 2 * width), y + height + 4, fontSize, Alignment.UpperCenter);
        }
    }
}
