using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The matrices of a fast filter F(m, r), by the names that the study guide gives them.</summary>
/// <param name="Input">B^T, [points, inputs].</param>
/// <param name="Filter">G, [points, taps].</param>
/// <param name="Output">A^T, [outputs, points].</param>
internal sealed partial record WinogradMatrices(double[,] Input, double[,] Filter, double[,] Output)
{
    public int Points => Input.GetLength(0);

    public int Taps => Filter.GetLength(1);

    public int Outputs => Output.GetLength(0);

    /// <summary>Those that stand on the page, by their size, such as <c>4,5</c>.</summary>
    public static IReadOnlyDictionary<string, WinogradMatrices> OnThePage { get; } = Matrix()
        .Matches(MarkdownPage.Text("docs/23-winograd.md"))
        .GroupBy(match => match.Groups["size"].Value)
        .ToDictionary(
            group => group.Key,
            group => new WinogradMatrices(Named(group, "B"), Named(group, "G"), Named(group, "A")));

    /// <summary>What follows from finite points, as the page derives it: infinity comes last.</summary>
    public static WinogradMatrices Of(double[] points, int outputs)
    {
        int count = points.Length + 1, taps = count + 1 - outputs;
        var matrices = new WinogradMatrices(
            new double[count, count], new double[count, taps], new double[outputs, count]);
        foreach (var (i, point) in points.Index())
        {
            double[] others = [.. points.Where(other => other != point)];
            double scale = others.Aggregate(1.0, (product, other) => product * (point - other));
            foreach (var (power, coefficient) in WithRoots(others).Index())
                matrices.Input[i, power] = coefficient;
            for (int power = 0; power < taps; power++)
                matrices.Filter[i, power] = Math.Pow(point, power) / scale;
            for (int power = 0; power < outputs; power++)
                matrices.Output[power, i] = Math.Pow(point, power);
        }
        foreach (var (power, coefficient) in WithRoots(points).Index())
            matrices.Input[count - 1, power] = coefficient;
        matrices.Filter[count - 1, taps - 1] = 1;
        matrices.Output[outputs - 1, count - 1] = 1;
        return matrices;
    }

    /// <summary>y = A^T [(G w) * (B^T d)].</summary>
    public double[] Run(double[] d, double[] w)
    {
        double[] atPoints = [.. Times(Filter, w).Zip(Times(Input, d), (u, v) => u * v)];
        return Times(Output, atPoints);
    }

    /// <summary>dw = G^T [(A dy) * (B^T d)].</summary>
    public double[] WeightGradient(double[] d, double[] dy)
    {
        double[] atPoints = [.. Times(Transposed(Output), dy).Zip(Times(Input, d), (u, v) => u * v)];
        return Times(Transposed(Filter), atPoints);
    }

    /// <summary>y = A^T [(G w G^T) * (B^T d B)] A.</summary>
    public double[,] Run(double[,] d, double[,] w)
    {
        var (u, v) = (BothWays(Filter, w), BothWays(Input, d));
        for (int i = 0; i < Points; i++)
            for (int j = 0; j < Points; j++)
                u[i, j] *= v[i, j];
        return BothWays(Output, u);
    }

    /// <summary>M x M^T.</summary>
    public static double[,] BothWays(double[,] matrix, double[,] x) =>
        Times(matrix, Transposed(Times(matrix, Transposed(x))));

    private static double[] Times(double[,] matrix, double[] x) =>
    [
        .. from row in Enumerable.Range(0, matrix.GetLength(0))
           select x.Index().Sum(each => matrix[row, each.Index] * each.Item),
    ];

    private static double[,] Times(double[,] matrix, double[,] x)
    {
        var product = new double[matrix.GetLength(0), x.GetLength(1)];
        for (int i = 0; i < product.GetLength(0); i++)
            for (int j = 0; j < product.GetLength(1); j++)
                for (int k = 0; k < x.GetLength(0); k++)
                    product[i, j] += matrix[i, k] * x[k, j];
        return product;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
            for (int j = 0; j < matrix.GetLength(1); j++)
                transposed[j, i] = matrix[i, j];
        return transposed;
    }

    /// <summary>The coefficients of the product of all t - root, that of the power 0 first.</summary>
    private static double[] WithRoots(double[] roots) => roots.Aggregate(
        new[] { 1.0 },
        (product, root) =>
        [
            .. from power in Enumerable.Range(0, product.Length + 1)
               select (power > 0 ? product[power - 1] : 0) - (power < product.Length ? root * product[power] : 0),
        ]);

    private static double[,] Named(IEnumerable<Match> matches, string name)
    {
        string rows = matches.Single(match => match.Groups["name"].Value == name).Groups["rows"].Value;
        double[][] numbers =
            [.. rows.Split(@"\\").Select(row => row.Split('&').Select(Arithmetic.Evaluate).ToArray())];
        var matrix = new double[numbers.Length, numbers[0].Length];
        foreach (var (i, row) in numbers.Index())
            foreach (var (j, number) in row.Index())
                matrix[i, j] = number;
        return matrix;
    }

    [GeneratedRegex(
        @"(?<name>[BGA])_\{(?<size>\d,\d)\}(\^T)? = \\begin\{bmatrix\}(?<rows>.*?)\\end\{bmatrix\}",
        RegexOptions.Singleline)]
    private static partial Regex Matrix();
}
