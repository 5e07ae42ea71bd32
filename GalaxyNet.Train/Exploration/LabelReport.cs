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
    private readonly int[] counts = [.. AllClasses.Select(labels.CountAboveHalf)];

    /// <summary>The mean share of the votes of each class; null if none are known.</summary>
    public IReadOnlyDictionary<string, double?> Means =>
        OfClasses(Array.ConvertAll(means, mean => double.IsNaN(mean) ? (double?)null : mean));

    /// <summary>How many galaxies have more than half of the votes for each class.</summary>
    public IReadOnlyDictionary<string, int> Counts => OfClasses(counts);

    /// <summary>How many galaxies end in each terminal class, by more than half of their votes.</summary>
    public IEnumerable<(string Class, string Answer, int Count)> TerminalCounts => TerminalClasses.Select(index =>
        (DecisionTree.ClassNames[index], DecisionTree.AnswerNames[index], counts[index]));

    /// <summary>How many galaxies are odd and how many are not, by more than half of their votes.</summary>
    public (int Odd, int NotOdd) OddCounts => (counts[Odd], counts[NotOdd]);

    /// <summary>The share of one of these counts in both, in percent; 0 if there are none.</summary>
    public double OddPercent(int count) => 100.0 * count / Math.Max(counts[Odd] + counts[NotOdd], 1);

    /// <summary>Writes all figures and tables.</summary>
    public void Write()
    {
        WriteBars(
            "mean-confidence", "Mean Confidence Level of All Classes", "mean", "share of the votes", AllClasses,
            index => means[index], index => Text(means[index], "0.00"));
        WriteBars(
            "count-above-half", "Instances Where Confidence Level is Above 0.5", "count", Galaxies, AllClasses,
            index => counts[index], index => Text(counts[index], "0"));
        WriteBars(
            "terminal-classes", "Instances of Terminal Classes Where Confidence Level is Above 0.5", "count", Galaxies,
            TerminalClasses, index => counts[index], index => Text(counts[index], "N0"));
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
            new ClassBar(index, double.IsNaN(value(index)) ? 0 : value(index), label(index)));
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
        var bars = classes.Select(index =>
            new ClassBar(index, counts[index], $"{counts[index]:N0} ({Text(OddPercent(counts[index]), "0.0")}%)"));
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
                OddPercent(counts[index]),
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

    private static Dictionary<string, T> OfClasses<T>(T[] values) =>
        DecisionTree.ClassNames.Zip(values, KeyValuePair.Create).ToDictionary();

    private string PathOf(string file) => Path.Combine(folder, file);

    private static string Text(double number, string format) =>
        double.IsNaN(number) ? "?" : number.ToString(format, CultureInfo.InvariantCulture);
}
