using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>An image with a caption above it.</summary>
/// <param name="Image">The image; null leaves a gap.</param>
/// <param name="Caption">The caption, in several lines.</param>
internal sealed record CaptionedImage(Image? Image, string Caption);

/// <summary>Images of galaxies, with captions.</summary>
internal static class ImageFigure
{
    private const int TitleHeight = 90;

    /// <summary>Draws many images, row by row.</summary>
    public static void WriteGrid(string path, string title, IReadOnlyList<CaptionedImage> images)
    {
        const int columns = 7;
        const int side = 256;
        const int width = side + 24;
        const int caption = 78;
        const int height = caption + side + 26;
        int rows = (images.Count + columns - 1) / columns;
        using var sheet = new Sheet(columns * width, TitleHeight + (rows * height));
        sheet.Write(title, columns * width / 2, 22, 38, Alignment.UpperCenter);
        for (int i = 0; i < images.Count; i++)
        {
            int x = i % columns * width;
            int y = TitleHeight + (i / columns * height);
            sheet.Write(images[i].Caption, x + (width / 2), y + caption - 6, 18, Alignment.LowerCenter);
            if (images[i].Image is { } image)
                sheet.Draw(image, x + ((width - side) / 2), y + caption, side);
        }
        sheet.Save(path);
    }

    /// <summary>Draws one image.</summary>
    public static void Write(string path, string title, Image image)
    {
        const int side = 848;
        const int margin = 20;
        using var sheet = new Sheet(side + (2 * margin), TitleHeight + side + margin);
        sheet.Write(title, margin + (side / 2), 26, 30, Alignment.UpperCenter);
        sheet.Draw(image, margin, TitleHeight, side);
        sheet.Save(path);
    }
}
