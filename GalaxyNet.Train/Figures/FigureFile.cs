using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>Figures on disk.</summary>
internal static class FigureFile
{
    /// <summary>Draws a plot into a PNG file, whole or not at all.</summary>
    public static void SaveFigure(this Plot plot, string path, int width, int height)
    {
        using var image = plot.GetImage(width, height);
        byte[] png = image.GetImageBytes(ImageFormat.Png);
        OutputFile.Write(path, stream => stream.Write(png));
    }
}
