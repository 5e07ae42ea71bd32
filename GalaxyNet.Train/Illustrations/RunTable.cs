namespace GalaxyNet.Train;

/// <summary>
/// What training runs showed: a table that lies in the program, with a row for each epoch or step and a column for each
/// curve. <c>Curves/README.md</c> says which run made which column.
/// </summary>
internal sealed class RunTable
{
    private readonly string[] headings;
    private readonly double[][] rows;

    private RunTable(string[] headings, double[][] rows) => (this.headings, this.rows) = (headings, rows);

    /// <summary>The names of the curves.</summary>
    public IEnumerable<string> Curves => headings.Skip(1);

    /// <summary>Reads a table by its name, such as <c>rates</c>.</summary>
    public static RunTable Read(string name)
    {
        using var file = typeof(RunTable).Assembly.GetManifestResourceStream($"{name}.csv")!;
        using var reader = new StreamReader(file);
        string[][] cells = [.. reader.ReadToEnd().Trim().Split('\n').Select(line => line.Trim().Split(','))];
        return new RunTable(cells[0], [.. cells.Skip(1).Select(row => Array.ConvertAll(row, Value))]);
    }

    /// <summary>The points of a curve, from the first to the last.</summary>
    public IReadOnlyList<(double X, double Y)> Curve(string name)
    {
        int column = Array.IndexOf(headings, name);
        return [.. rows.Select(row => (row[0], row[column]))];
    }

    private static double Value(string text) =>
        Number.TryParse(text, out double value) ? value : throw new InvalidDataException($"'{text}' is no number.");
}
