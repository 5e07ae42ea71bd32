using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>
/// A drawing without axes. Positions are in pixels from its upper left corner, so that text fits where it is put.
/// </summary>
internal sealed class Sheet : IDisposable
{
    private readonly Plot plot = FigureFont.CreatePlot();
    private readonly int width;
    private readonly int height;

    /// <summary>Starts with a white sheet.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public Sheet(int width, int height)
    {
        (this.width, this.height) = (width, height);
        plot.HideAxesAndGrid();
        plot.Axes.SetLimits(0, width, 0, height);
    }

    /// <summary>Writes some words.</summary>
    /// <param name="words">One line, or several with line breaks.</param>
    /// <param name="x">Their position, in pixels from the left.</param>
    /// <param name="y">Their position, in pixels from the top.</param>
    /// <param name="size">The font size, in pixels.</param>
    /// <param name="alignment">Which point of the words is at that position.</param>
    /// <param name="rotation">Degrees, clockwise around that point.</param>
    /// <param name="color">Their color; black by default.</param>
    public void Write(
        string words, double x, double y, float size, Alignment alignment, float rotation = 0, Color? color = null)
    {
        var text = plot.Add.Text(words, x, height - y);
        text.LabelFontName = FigureFont.Name;
        text.LabelFontSize = size;
        text.LabelAlignment = alignment;
        text.LabelRotation = rotation;
        text.LabelFontColor = color ?? Colors.Black;
    }

    /// <summary>Draws an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its upper side.</param>
    /// <param name="side">The width and height to scale it to; its pixels stay squares when it grows.</param>
    public void Draw(Image image, double x, double y, double side) => Draw(image, x, y, side, side);

    /// <summary>Draws an image as a rectangle: see <see cref="Draw(Image, double, double, double)"/>.</summary>
    public void Draw(Image image, double x, double y, double shownWidth, double shownHeight)
    {
        var pixels = new byte[image.Height, image.Width, 3];
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                pixels[i / image.Width, i % image.Width, channel] =
                    image.Pixels[(i * image.Channels) + (channel % image.Channels)];
            }
        }
        var shown = plot.Add.ImageRect(
            new ScottPlot.Image(pixels), new CoordinateRect(x, x + shownWidth, height - y - shownHeight, height - y));
        shown.AntiAlias = image.Width > shownWidth;
    }

    /// <summary>Writes the sheet to a PNG file.</summary>
    public void Save(string path) => plot.SaveFigure(path, width, height);

    /// <inheritdoc/>
    public void Dispose() => plot.Dispose();
}
