using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>The page on Winograd's convolution has the matrices of the code, and they give the direct sums.</summary>
[TestFixture]
internal sealed class WinogradPageTests
{
    private const double Exact = 1e-9;
    private const double OfFloats = 1e-6;

    private static readonly StudyPage Page = StudyPage.All.Single(page => page.Name == "winograd");

    private static IEnumerable<string> Sizes => WinogradMatrices.OnThePage.Keys;

    [Test]
    public void ThePageHasTheSizesThatItTellsOf() => Assert.That(Sizes, Is.EquivalentTo(["2,2", "2,3", "4,3", "4,5"]));

    [TestCaseSource(nameof(Sizes))]
    public void TheMatricesGiveTheDirectSums(string size) =>
        Assert.That(FurthestOff(WinogradMatrices.OnThePage[size]), Is.LessThan(Exact));

    [TestCaseSource(nameof(Sizes))]
    public void AWrongEntryIsFound(string size)
    {
        var right = WinogradMatrices.OnThePage[size];
        double[][,] all = [right.Input, right.Filter, right.Output];
        foreach (var matrix in all)
            for (int i = 0; i < matrix.GetLength(0); i++)
                for (int j = 0; j < matrix.GetLength(1); j++)
                {
                    matrix[i, j] += 0.25;
                    Assert.That(FurthestOff(right), Is.GreaterThan(Exact), $"row {i}, column {j}");
                    matrix[i, j] -= 0.25;
                }
    }

    // A row of B^T may have a factor if that of G has its inverse.
    [TestCase("2,2", new[] { 0.0, 1 })]
    [TestCase("2,3", new[] { 0.0, 1, -1 })]
    [TestCase("4,3", new[] { 0.0, 1, -1, 2, -2 })]
    [TestCase("4,5", new[] { 0.0, 1, -1, 2, -2, 0.5, -0.5 })]
    public void TheMatricesFollowFromThePoints(string size, double[] points)
    {
        var onPage = WinogradMatrices.OnThePage[size];
        var derived = WinogradMatrices.Of(points, onPage.Outputs);
        Assert.That(onPage.Output, Is.EqualTo(derived.Output).Within(Exact));
        for (int point = 0; point < onPage.Points; point++)
            for (int input = 0; input < onPage.Points; input++)
                for (int tap = 0; tap < onPage.Taps; tap++)
                    Assert.That(
                        onPage.Input[point, input] * onPage.Filter[point, tap],
                        Is.EqualTo(derived.Input[point, input] * derived.Filter[point, tap]).Within(Exact));
    }

    [Test]
    public void TheyAreThoseOfTheCudaEngine()
    {
        AssertIsCuda<WinogradMaps3x3>("4,3");
        AssertIsCuda<WinogradMaps5x5>("4,5");
    }

    [Test]
    public void TheyAreThoseOfTheCpu()
    {
        AssertIsCpu<WinogradTile3x3>("4,3");
        AssertIsCpu<WinogradTile5x5>("4,5");
    }

    [Test]
    public void TheExamplesAreRight()
    {
        var filters = Page.Blocks("example").Select(block => new StudyExample(block))
            .Where(example => example.Find("d") is not null)
            .ToList();
        Assert.That(filters, Has.Count.EqualTo(3));
        foreach (var example in filters)
        {
            double[] d = example.Find("d")!;
            if (example.Find("w") is { } w)
                Assert.That(example.Find("y"), Is.EqualTo(Filtered(d, w)));
            if (example.Find("dy") is { } dy)
                Assert.That(example.Find("dw"), Is.EqualTo(Filtered(d, dy)));
        }
    }

    [Test]
    public void TheCountsOfMultiplicationsAreRight()
    {
        var rows = Rows("| F(");
        Assert.That(rows, Has.Count.EqualTo(4));
        foreach (string[] row in rows)
        {
            int[] sizes = [.. row[0].Split(['(', ',', 'x', ')', ' ']).Where(IsNumber).Select(Number)];
            int outputs = sizes[0], taps = sizes[^1];
            int side = sizes.Length == 4 ? 2 : 1;
            Assert.That(Number(row[1]), Is.EqualTo(Math.Pow(outputs + taps - 1, side)), row[0]);
            Assert.That(Number(row[2]), Is.EqualTo(Math.Pow(outputs * taps, side)), row[0]);
        }
    }

    // Each with the same random numbers, so the table is right to its last digit.
    [Test]
    public void TheErrorsAreThoseOfTheTable()
    {
        var rows = Rows("| 0, ");
        Assert.That(rows, Has.Count.EqualTo(4));
        Assert.Multiple(() =>
        {
            foreach (string[] row in rows)
            {
                double[] points = [.. row[0].Split(", ").SkipLast(1).SelectMany(PointsOf)];
                var matrices = WinogradMatrices.Of(points, Number(row[1][..1]));
                var (fast, direct) = WinogradRounding.RelativeErrors(matrices);
                Assert.That(row[2..], Is.EqualTo([Text(fast), Text(direct)]), row[0]);
            }
        });
    }

    private static string Text(double error) => error.ToString("0.0e-0", CultureInfo.InvariantCulture);

    private static IEnumerable<double> PointsOf(string text) => text[0] == '±'
        ? [Arithmetic.Evaluate(text[1..]), -Arithmetic.Evaluate(text[1..])]
        : [Arithmetic.Evaluate(text)];

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The cells of the table rows that begin so.</summary>
    private static List<string[]> Rows(string start) =>
    [
        .. from line in MarkdownPage.Text("docs/23-winograd.md").Split('\n')
           where line.StartsWith(start, StringComparison.Ordinal)
           select line.Split('|', StringSplitOptions.TrimEntries)[1..^1],
    ];

    /// <summary>The largest difference from the direct sums: along a line, in two dimensions, and of dw.</summary>
    private static double FurthestOff(WinogradMatrices matrices)
    {
        var random = new Random(1);
        double[] d = Numbers(matrices.Points), w = Numbers(matrices.Taps), dy = Numbers(matrices.Outputs);
        var lines = matrices.Run(d, w).Zip(Filtered(d, w)).Concat(matrices.WeightGradient(d, dy).Zip(Filtered(d, dy)));
        var (image, filter) = (Square(matrices.Points), Square(matrices.Taps));
        var tiles = matrices.Run(image, filter).Cast<double>().Zip(Filtered(image, filter).Cast<double>());
        return lines.Concat(tiles).Max(pair => Math.Abs(pair.First - pair.Second));

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

        double[,] Square(int side)
        {
            var square = new double[side, side];
            for (int i = 0; i < side * side; i++)
                square[i / side, i % side] = random.NextDouble() - 0.5;
            return square;
        }
    }

    private static double[] Filtered(double[] d, double[] w) =>
    [
        .. from output in Enumerable.Range(0, d.Length + 1 - w.Length)
           select w.Index().Sum(tap => tap.Item * d[output + tap.Index]),
    ];

    private static double[,] Filtered(double[,] d, double[,] w)
    {
        int side = d.GetLength(0) + 1 - w.GetLength(0);
        var y = new double[side, side];
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
                for (int k = 0; k < w.GetLength(0); k++)
                    for (int l = 0; l < w.GetLength(1); l++)
                        y[i, j] += w[k, l] * d[i + k, j + l];
        return y;
    }

    private static void AssertIsCuda<TMaps>(string size)
        where TMaps : struct, IWinogradMaps
    {
        var onPage = WinogradMatrices.OnThePage[size];
        Assert.That((TMaps.Points, TMaps.Taps), Is.EqualTo((onPage.Points, onPage.Taps)));
        AssertIs(onPage.Input, TMaps.Input);
        AssertIs(onPage.Filter, TMaps.Filter);
        AssertIs(onPage.Output, TMaps.Output);

        static void AssertIs(double[,] expected, Func<Eight, Eight> map) => Assert.That(
            WinogradCode.MatrixOf(expected.GetLength(0), expected.GetLength(1), map),
            Is.EqualTo(expected).Within(OfFloats));
    }

    private static void AssertIsCpu<TTile>(string size)
        where TTile : struct, IWinogradTile
    {
        var onPage = WinogradMatrices.OnThePage[size];
        Assert.That((TTile.Points, TTile.Taps), Is.EqualTo((onPage.Points, onPage.Taps)));
        for (int pixel = 0; pixel < onPage.Points * onPage.Points; pixel++)
            Assert.That(
                WinogradCode.Input<TTile>(WinogradCode.OneAt(pixel, onPage.Points * onPage.Points)),
                Is.EqualTo(ImageOf(onPage.Input, pixel)).Within(OfFloats));
        for (int tap = 0; tap < onPage.Taps * onPage.Taps; tap++)
            Assert.That(
                WinogradCode.Filter<TTile>(WinogradCode.OneAt(tap, onPage.Taps * onPage.Taps)),
                Is.EqualTo(ImageOf(onPage.Filter, tap)).Within(OfFloats));
        for (int point = 0; point < onPage.Points; point++)
            Assert.That(
                WinogradCode.Output<TTile>(WinogradCode.OneAt(point, onPage.Points)),
                Is.EqualTo(Enumerable.Range(0, onPage.Outputs).Select(output => onPage.Output[output, point])));
    }

    /// <summary>M x M^T for an x of zeros with a one among them.</summary>
    private static double[,] ImageOf(double[,] matrix, int position)
    {
        int side = matrix.GetLength(1);
        var x = new double[side, side];
        x[position / side, position % side] = 1;
        return WinogradMatrices.BothWays(matrix, x);
    }
}
