using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>What the notebook shows of the labels, each as a figure and as a table.</summary>
/// <param name="labels">The labels.</param>
/// <param name="folder">Where the files go.</param>
internal sealed class LabelReport(Labels labels, string folder)
{
    private const int Odd = 13;
    private const int NotOdd = 14;
    private const string Galaxies = "galaxies";

    private static readonly IReadOnlyList<int> AllClasses = [.. Enumerable.Range(0, DecisionTree.ClassCount)];

    /// <summary>The classes that the notebook calls terminal: 1.3, 6.2 and 8.1 to 8.7.</summary>
    private static readonly IReadOnlyList<int> TerminalClasses = [2, NotOdd, 18, 19, 20, 21, 22, 23, 24];

    private readonly double[] means = labels.Means();
    private readonly double[] counts = CountsAboveHalf(labels);

    /// <summary>The mean share of the votes of each class; null if none are known.</summary>
    public IReadOnlyDictionary<string, double?> Means =>
        OfClasses(Array.ConvertAll(means, OrNull));

    /// <summary>
    /// How many galaxies have more than half of the votes for each class; null if no votes for it are known.
    /// </summary>
    public IReadOnlyDictionary<string, double?> Counts => OfClasses(Array.ConvertAll(counts, OrNull));

    /// <summary>
    /// How many galaxies end in each terminal class, by more than half of their votes; <c>-</c> if none are known.
    /// </summary>
    public IEnumerable<string[]> TerminalCounts => TerminalClasses.Select(index => new[]
    {
        DecisionTree.ClassNames[index], DecisionTree.AnswerNames[index], CountText(index, unknown: "-"),
    });

    /// <summary>How many galaxies are odd and how many are not, by more than half of their votes.</summary>
    public string OddCounts => $"Odd: {OddText(Odd, unknown: "-")}, not odd: {OddText(NotOdd, unknown: "-")}";

    /// <summary>Writes all figures and tables.</summary>
    public void Write()
    {
        WriteBars(
            "mean-confidence", "Mean Confidence Level of All Classes", "mean", "share of the votes", AllClasses,
            index => means[index], index => Text(means[index], "0.00"));
        WriteBars(
            "count-above-half", "Instances Where Confidence Level is Above 0.5", "count", Galaxies, AllClasses,
            index => counts[index], index => CountText(index));
        WriteBars(
            "terminal-classes", "Instances of Terminal Classes Where Confidence Level is Above 0.5", "count", Galaxies,
            TerminalClasses, index => counts[index], index => CountText(index));
        WriteOdd();
        WriteCorrelations();
    }

    /// <summary>Writes the galaxies above a threshold for a class as a table like the label file.</summary>
    /// <returns>The file, and how many galaxies are in it.</returns>
    public (string Path, int Count) WriteAbove(string className, float threshold)
    {
        var rows = labels.Above(DecisionTree.IndexOf(className), threshold);
        string path = PathOf(string.Create(CultureInfo.InvariantCulture, $"{className}-above-{threshold}.csv"));
        rows.Write(path);
        return (path, rows.Ids.Count);
    }

    private void WriteBars(
        string name,
        string title,
        string column,
        string axis,
        IReadOnlyList<int> classes,
        Func<int, double> value,
        Func<int, string> label)
    {
        var bars = classes.Select(index =>
            new ClassBar(index, OrZero(value(index)), label(index)));
        BarFigure.Write(PathOf($"{name}.png"), title, axis, [.. bars]);
        CsvTable.Write(
            PathOf($"{name}.csv"),
            ["class", "description", column],
            classes.Select(index =>
                new object[] { DecisionTree.ClassNames[index], DecisionTree.AnswerNames[index], value(index) }));
    }

    private void WriteOdd()
    {
        int[] classes = [Odd, NotOdd];
        var bars = classes.Select(index => new ClassBar(index, OrZero(counts[index]), OddText(index)));
        BarFigure.Write(
            PathOf("odd-or-not.png"), "Odd or Not? Instances Where Confidence Level is Above 0.5", Galaxies, [.. bars]);
        CsvTable.Write(
            PathOf("odd-or-not.csv"),
            ["class", "description", "count", "percent"],
            classes.Select(index => new object[]
            {
                DecisionTree.ClassNames[index],
                DecisionTree.AnswerNames[index],
                counts[index],
                OddPercent(index),
            }));
    }

    private void WriteCorrelations()
    {
        double[,] matrix = Correlation.Matrix([.. AllClasses.Select(labels.Column)]);
        WriteMatrix("correlation", "Correlation Between Question Answers", matrix);
        // The notebook correlates the correlations: this shows which classes correlate with the same others.
        WriteMatrix(
            "correlation-of-correlations",
            "Correlation Between the Correlations of Question Answers",
            Correlation.Matrix(Correlation.ColumnsOf(matrix)));
        CorrelationFigure.WriteQuestions(
            PathOf("question-correlations.png"), "Correlation Between the Answers to Each Question", matrix);
        CsvTable.Write(
            PathOf("question-correlations.csv"),
            ["question", "class", "description", "other_class", "other_description", "correlation"],
            from question in DecisionTree.Questions
            from one in question.ClassNames.Select(DecisionTree.IndexOf)
            from other in question.ClassNames.Select(DecisionTree.IndexOf)
            select new object[]
            {
                question.Number,
                DecisionTree.ClassNames[one],
                DecisionTree.AnswerNames[one],
                DecisionTree.ClassNames[other],
                DecisionTree.AnswerNames[other],
                matrix[one, other],
            });
    }

    private void WriteMatrix(string name, string title, double[,] matrix)
    {
        CorrelationFigure.Write(PathOf($"{name}.png"), title, matrix);
        CsvTable.Write(
            PathOf($"{name}.csv"),
            ["class", "description", .. DecisionTree.ClassNames],
            AllClasses.Select(row =>
                new object[] { DecisionTree.ClassNames[row], DecisionTree.AnswerNames[row] }
                    .Concat(AllClasses.Select(column => (object)matrix[row, column]))
                    .ToArray()));
    }

    private static double[] CountsAboveHalf(Labels labels)
    {
        double[] means = labels.Means();
        return [.. AllClasses.Select(index => double.IsNaN(means[index]) ? double.NaN : labels.CountAboveHalf(index))];
    }

    private static double? OrNull(double number) => double.IsNaN(number) ? null : number;

    private static double OrZero(double number) => double.IsNaN(number) ? 0 : number;

    /// <summary>The share of a count in both, odd and not, in percent; 0 if there are none.</summary>
    private double OddPercent(int index) =>
        100 * counts[index] / Math.Max(OrZero(counts[Odd]) + OrZero(counts[NotOdd]), 1);

    private string OddText(int index, string unknown = "?") => double.IsNaN(counts[index])
        ? unknown
        : $"{CountText(index)} ({Text(OddPercent(index), "0.0")}%)";

    private string CountText(int index, string unknown = "?") =>
        double.IsNaN(counts[index]) ? unknown : Text(counts[index], "N0");

    private static Dictionary<string, T> OfClasses<T>(T[] values) =>
        DecisionTree.ClassNames.Zip(values, KeyValuePair.Create).ToDictionary();

    private string PathOf(string file) => Path.Combine(folder, file);

    private static string Text(double number, string format) =>
        double.IsNaN(number) ? "?" : number.ToString(format, CultureInfo.InvariantCulture);
}
