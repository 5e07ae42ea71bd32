namespace GalaxyNet.Train;

/// <summary>Pearson's correlation, as <c>pandas.DataFrame.corr</c> computes it.</summary>
internal static class Correlation
{
    /// <summary>The correlation of each column with each.</summary>
    /// <param name="columns">[columns][rows]; rows with a NaN in one of two columns do not count for these two.</param>
    /// <returns>[columns, columns]; NaN if a column is constant.</returns>
    public static double[,] Matrix(double[][] columns)
    {
        var matrix = new double[columns.Length, columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = Between(columns[i], columns[j]);
        }
        return matrix;
    }

    /// <summary>The columns of a matrix.</summary>
    public static double[][] ColumnsOf(double[,] matrix) =>
    [
        .. Enumerable.Range(0, matrix.GetLength(1)).Select(column =>
            Enumerable.Range(0, matrix.GetLength(0)).Select(row => matrix[row, column]).ToArray()),
    ];

    /// <summary>sum((x - mean x)(y - mean y)) / sqrt(sum((x - mean x)^2) sum((y - mean y)^2)).</summary>
    private static double Between(double[] first, double[] second)
    {
        var pairs = first.Zip(second).Where(pair => !double.IsNaN(pair.First + pair.Second)).ToList();
        if (IsConstant(pairs.Select(pair => pair.First)) || IsConstant(pairs.Select(pair => pair.Second)))
            return double.NaN;
        double firstMean = pairs.Average(pair => pair.First);
        double secondMean = pairs.Average(pair => pair.Second);
        double together = 0, firstAlone = 0, secondAlone = 0;
        foreach ((double x, double y) in pairs)
        {
            together += (x - firstMean) * (y - secondMean);
            firstAlone += (x - firstMean) * (x - firstMean);
            secondAlone += (y - secondMean) * (y - secondMean);
        }
        return Math.Clamp(together / Math.Sqrt(firstAlone * secondAlone), -1, 1);
    }

    private static bool IsConstant(IEnumerable<double> values) => values.Distinct().Take(2).Count() < 2;
}
