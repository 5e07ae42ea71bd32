using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>Figures on disk.</summary>
internal static class FigureFile
{
    /// <summary>How the name of a figure may end, which says its format.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".png", ".jpg", ".jpeg"];

    /// <summary>
    /// Draws a plot into a file, whole or not at all: a JPEG if its name says so, else a PNG, as in a pipe.
    /// </summary>
    public static void SaveFigure(this Plot plot, string path, int width, int height)
    {
        using var image = plot.GetImage(width, height);
        bool isJpeg = Endings.Skip(1).Contains(Path.GetExtension(path).ToLowerInvariant());
        byte[] bytes = image.GetImageBytes(isJpeg ? ImageFormat.Jpeg : ImageFormat.Png);
        OutputFile.Write(path, stream => stream.Write(bytes));
    }
}
