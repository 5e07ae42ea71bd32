using System.Globalization;
using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>How a matrix of correlations is drawn: colored squares with numbers, and the classes beside them.</summary>
/// <param name="CellSide">The side of a number's square, in pixels.</param>
/// <param name="NumberSize">The font size of the numbers, in pixels.</param>
/// <param name="NumberFormat">The format of the numbers.</param>
/// <param name="NameSize">The font size of the classes' names, in pixels.</param>
/// <param name="NameRotation">The rotation of the names below, in degrees.</param>
internal sealed record HeatmapPanel(
    double CellSide, float NumberSize, string NumberFormat, float NameSize, float NameRotation = 0)
{
    private const double EvenLightness = 0.23; // of a color on which black and white are equally legible

    /// <summary>Draws a square matrix.</summary>
    /// <param name="sheet">Where to draw it.</param>
    /// <param name="matrix">[classes, classes], from -1 to 1; NaN is gray and empty.</param>
    /// <param name="names">The names of the classes.</param>
    /// <param name="x">The left side of the colored square.</param>
    /// <param name="y">Its upper side.</param>
    /// <param name="namesBelow">Their names below the matrix; by default the same.</param>
    public void Draw(
        Sheet sheet,
        double[,] matrix,
        IReadOnlyList<string> names,
        double x,
        double y,
        IReadOnlyList<string>? namesBelow = null)
    {
        sheet.Draw(Paint(matrix), x, y, CellSide * names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            double along = (i + 0.5) * CellSide;
            sheet.Write(names[i], x - 8, y + along, NameSize, Alignment.MiddleRight);
            sheet.Write(
                (namesBelow ?? names)[i],
                x + along,
                y + (names.Count * CellSide) + 10,
                NameSize,
                NameRotation == 0 ? Alignment.UpperCenter : Alignment.UpperRight,
                NameRotation);
            for (int column = 0; column < names.Count; column++)
                WriteNumber(sheet, matrix[i, column], x + ((column + 0.5) * CellSide), y + along);
        }
    }

    /// <summary>The matrix as an image: a pixel for each number.</summary>
    private static Image Paint(double[,] matrix)
    {
        int side = matrix.GetLength(0);
        byte[] pixels =
        [
            .. matrix.Cast<double>()
                .Select(DivergingColors.Of)
                .SelectMany(color => new[] { color.R, color.G, color.B }),
        ];
        return new Image(side, side, 3, pixels);
    }

    private void WriteNumber(Sheet sheet, double value, double x, double y)
    {
        if (double.IsNaN(value))
            return;
        string number = (Math.Round(value, 2) + 0.0).ToString(NumberFormat, CultureInfo.InvariantCulture); // no -0
        bool isLight = Lightness(DivergingColors.Of(value)) > EvenLightness;
        var color = isLight ? Colors.Black : Colors.White;
        sheet.Write(number, x, y, NumberSize, Alignment.MiddleCenter, color: color);
    }

    /// <summary>The relative luminance of an sRGB color (WCAG 2), 0 to 1.</summary>
    private static double Lightness(Color color)
    {
        return (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

        static double Linear(byte level)
        {
            double part = level / 255.0;
            return part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
    }
}
