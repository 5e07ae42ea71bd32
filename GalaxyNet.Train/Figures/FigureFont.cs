using ScottPlot;
using SkiaSharp;

namespace GalaxyNet.Train;

/// <summary>
/// The font of all figures, DejaVu Sans as in the notebook. It is embedded in the program: a server or container may
/// have no fonts, and then there would be no text at all.
/// </summary>
internal sealed class FigureFont : IFontResolver
{
    /// <summary>The font's name.</summary>
    public const string Name = "DejaVu Sans";

    private readonly SKTypeface typeface;

    static FigureFont() => Fonts.FontResolvers.Insert(0, new FigureFont());

    private FigureFont()
    {
        using var file = typeof(FigureFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        typeface = SKTypeface.FromStream(file);
    }

    /// <summary>Makes a plot that uses the font everywhere.</summary>
    public static Plot CreatePlot()
    {
        var plot = new Plot();
        plot.Font.Set(Name);
        return plot;
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? typeface : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? typeface : null;
}
