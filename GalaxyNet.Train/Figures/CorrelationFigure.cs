using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>How the 37 classes correlate, as heatmaps with numbers.</summary>
internal static class CorrelationFigure
{
    private const double BarWidth = 560;
    private const double BarHeight = 26;

    /// <summary>Draws the matrix of all classes, [37, 37], as one heatmap.</summary>
    public static void Write(string path, string title, double[,] matrix)
    {
        const int left = 440;
        const int top = 190;
        const int bottom = 330;
        var panel = new HeatmapPanel(
            CellSide: 52, NumberSize: 18, NumberFormat: ".00", NameSize: 19, NameRotation: -45);
        int side = (int)panel.CellSide * DecisionTree.ClassCount;
        using var sheet = new Sheet(left + side + 30, top + side + bottom);
        sheet.Write(title, left + (side / 2), 25, 44, Alignment.UpperCenter);
        DivergingColors.DrawBar(sheet, left + ((side - BarWidth) / 2), 100, BarWidth, BarHeight, 20);
        string[] names = [.. Enumerable.Range(0, DecisionTree.ClassCount).Select(DecisionTree.NameInWords)];
        panel.Draw(sheet, matrix, names, left, top);
        sheet.Save(path);
    }

    /// <summary>Draws the answers to each question as a heatmap of their own, from the same matrix.</summary>
    public static void WriteQuestions(string path, string title, double[,] matrix)
    {
        const int columns = 3;
        const int width = 760;
        const int height = 560;
        const int top = 180;
        int rows = (DecisionTree.Questions.Count + columns - 1) / columns;
        using var sheet = new Sheet(columns * width, top + (rows * height));
        sheet.Write(title, columns * width / 2, 25, 40, Alignment.UpperCenter);
        DivergingColors.DrawBar(sheet, (columns * width / 2) - (BarWidth / 2), 90, BarWidth, BarHeight, 20);
        foreach (var question in DecisionTree.Questions)
        {
            int cell = question.Number - 1;
            DrawQuestion(sheet, question, matrix, cell % columns * width, top + (cell / columns * height));
        }
        sheet.Save(path);
    }

    private static void DrawQuestion(Sheet sheet, Question question, double[,] matrix, int x, int y)
    {
        const int side = 390;
        const int left = 320;
        const int above = 88;
        string[] names = [.. question.ClassNames];
        int first = DecisionTree.IndexOf(names[0]);
        var part = new double[names.Length, names.Length];
        for (int i = 0; i < part.Length; i++)
            part[i / names.Length, i % names.Length] = matrix[first + (i / names.Length), first + (i % names.Length)];
        double middle = x + left + (side / 2);
        sheet.Write($"Class{question.Number}.n", middle, y, 24, Alignment.UpperCenter);
        sheet.Write(InTwoLines(question.Text), middle, y + above - 8, 18, Alignment.LowerCenter);
        var panel = new HeatmapPanel((double)side / names.Length, names.Length > 5 ? 19 : 24, "0.00", NameSize: 20);
        string[] codes = [.. names.Select(name => name["Class".Length..])];
        string[] inWords = [.. codes.Zip(question.Answers, (code, answer) => $"{code} {answer}")];
        panel.Draw(sheet, part, inWords, x + left, y + above, codes);
    }

    private static string InTwoLines(string text)
    {
        const int longest = 42;
        int end = text.Length > longest ? text.LastIndexOf(' ', longest) : -1;
        return end < 0 ? text : $"{text[..end]}\n{text[(end + 1)..]}";
    }
}
