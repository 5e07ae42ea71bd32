namespace GalaxyNet.Train;

/// <summary>Where a label file has its columns.</summary>
/// <param name="Count">How many there are, others included.</param>
/// <param name="Id">That of the galaxies' numbers.</param>
/// <param name="Classes">Those of the 37 classes, in the order of <see cref="DecisionTree.ClassNames"/>.</param>
internal sealed record LabelColumns(int Count, int Id, int[] Classes)
{
    private const int MostNamed = 3; // of missing columns; a file that lacks more is of another kind
    private const string Wanted = "GalaxyID and the 37 classes Class1.1 to Class11.6, with commas between them";

    /// <summary>Finds the columns by their names, in any capitals.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The cells of its first line; none if the file is empty.</param>
    /// <exception cref="UserErrorException">They are not there, or twice; a line says what there is.</exception>
    public static LabelColumns Of(string path, string[] header)
    {
        if (header.Length == 0)
            throw new UserErrorException($"{path}: is empty; its first line should name {Wanted}");
        string[] wanted = [Labels.IdColumn, .. DecisionTree.ClassNames];
        string[] names = [.. header.Select(Plain)];
        string[] missing = [.. wanted.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))];
        if (missing.Length > MostNamed)
            throw new UserErrorException($"{path}: line 1 {LooksLike(header)}; it should name {Wanted}");
        var problems = new ProblemList();
        foreach (string name in missing)
            problems.Add(path, $"line 1 has no column {name}");
        foreach (string name in wanted.Where(name => names.Count(other => IsSame(name, other)) > 1))
            problems.Add(path, $"line 1 has more than one column {name}");
        problems.ThrowIfAny();
        int[] places = [.. wanted.Select(name => Array.FindIndex(names, other => IsSame(name, other)))];
        return new LabelColumns(header.Length, places[0], places[1..]);
    }

    private static bool IsSame(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>NumPy puts a # before the names.</summary>
    private static string Plain(string name) => name.TrimStart('\ufeff', '#', ' ').Trim();

    private static string LooksLike(string[] header)
    {
        string line = string.Join(',', header);
        string what = line.Split(';').Length > DecisionTree.ClassCount
                ? ", with semicolons between columns, as some countries' Excel writes them"
            : line.Split('\t').Length > DecisionTree.ClassCount ? ", with tabs between columns"
            : Number.TryParse(header[0], out double _) ? ", numbers without a line of names above them"
            : "";
        return $"holds {Shown.Of(line)}{what}";
    }
}
