using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>A picture with some words above it.</summary>
/// <param name="Picture">The picture; nothing leaves its place empty.</param>
/// <param name="Caption">The words, in several lines.</param>
internal sealed record CaptionedPicture(Picture? Picture, string Caption);

/// <summary>Pictures of galaxies, with words.</summary>
internal static class PictureFigure
{
    private const int TitleHeight = 90;

    /// <summary>Draws many pictures, row by row.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="title">Above them.</param>
    /// <param name="pictures">The pictures.</param>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void WriteGrid(string path, string title, IReadOnlyList<CaptionedPicture> pictures)
    {
        const int columns = 7;
        const int side = 256;
        const int width = side + 24;
        const int caption = 78;
        const int height = caption + side + 26;
        int rows = (pictures.Count + columns - 1) / columns;
        using var sheet = new Sheet(columns * width, TitleHeight + (rows * height));
        sheet.Write(title, columns * width / 2, 22, 38, Alignment.UpperCenter);
        for (int i = 0; i < pictures.Count; i++)
        {
            int x = i % columns * width;
            int y = TitleHeight + (i / columns * height);
            sheet.Write(pictures[i].Caption, x + (width / 2), y + caption - 6, 18, Alignment.LowerCenter);
            if (pictures[i].Picture is { } picture)
                sheet.Draw(picture, x + ((width - side) / 2), y + caption, side);
        }
        sheet.Save(path);
    }

    /// <summary>Draws one picture.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="title">Above it.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, string title, Picture picture)
    {
        const int side = 848;
        const int margin = 20;
        using var sheet = new Sheet(side + (2 * margin), TitleHeight + side + margin);
        sheet.Write(title, margin + (side / 2), 26, 30, Alignment.UpperCenter);
        sheet.Draw(picture, margin, TitleHeight, side);
        sheet.Save(path);
    }
}
