using System.Globalization;
using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>A galaxy with its most popular answers.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Image">As the network sees it.</param>
/// <param name="Predicted">As the network predicts them.</param>
/// <param name="Voted">As the volunteers gave them; empty if it is not known what they answered.</param>
internal sealed record AnsweredGalaxy(
    long Id, Image Image, IReadOnlyList<Answer> Predicted, IReadOnlyList<Answer> Voted);

/// <summary>Galaxies with the predicted answers and those of the volunteers.</summary>
internal static class AnswersFigure
{
    /// <summary>The galaxies on a figure: three rows.</summary>
    public const int Count = 3 * Columns;

    private const int Columns = 3;
    private const int Side = 256;
    private const int WordsWidth = 275; // holds "More than four arms 100 %"
    private const int Margin = 16;
    private const int Width = Margin + Side + Margin + WordsWidth;
    private const int IdHeight = 26;
    private const int Height = Side + IdHeight + Margin;
    private const int FontSize = 20;

    /// <summary>Draws up to <see cref="Count"/> galaxies.</summary>
    public static void Write(string path, IReadOnlyList<AnsweredGalaxy> galaxies)
    {
        int rows = (galaxies.Count + Columns - 1) / Columns;
        using var sheet = new Sheet(Math.Min(galaxies.Count, Columns) * Width, Margin + (rows * Height));
        for (int i = 0; i < galaxies.Count; i++)
        {
            int left = (i % Columns * Width) + Margin;
            int top = (i / Columns * Height) + Margin;
            sheet.Draw(galaxies[i].Image, left, top, Side);
            Write(sheet, "network:", galaxies[i].Predicted, left, top, Colors.Navy);
            Write(sheet, "votes:", galaxies[i].Voted, left, top + (Side / 2), Colors.Black);
            string id = string.Create(CultureInfo.InvariantCulture, $"galaxy {galaxies[i].Id}");
            sheet.Write(id, left + (Side / 2), top + Side + 3, FontSize, Alignment.UpperCenter, color: Colors.DimGray);
        }
        sheet.Save(path);
    }

    private static void Write(Sheet sheet, string who, IReadOnlyList<Answer> answers, int left, int top, Color color)
    {
        var lines = answers.Select(answer => string.Create(
            CultureInfo.InvariantCulture, $"{Short(answer.Name)} {100 * answer.Share:F0} %"));
        string words = string.Join('\n', lines.DefaultIfEmpty("unknown").Prepend(who));
        sheet.Write(words, left + Side + Margin, top, FontSize, Alignment.UpperLeft, color: color);
    }

    /// <summary>The number of arms in fewer words: the line above names the spiral.</summary>
    private static string Short(string answer) => answer.Replace("Spiral Arm", "arm", StringComparison.Ordinal);
}
