using System.Globalization;
using CsvHelper;

namespace GalaxyNet.Train;

/// <summary>
/// The volunteers' answers: for each galaxy the 37 vote fractions, in the order of
/// <see cref="DecisionTree.ClassNames"/>.
/// </summary>
/// <param name="Ids">The galaxies, in the order of the file.</param>
/// <param name="Fractions">
/// The fractions, galaxy after galaxy: [galaxies, 37]; NaN where one is not known, empty if no votes are known.
/// </param>
internal sealed record Labels(IReadOnlyList<long> Ids, float[] Fractions)
{
    /// <summary>How fractions are written: six decimals at most.</summary>
    public const string Format = "0.######";

    private const string IdColumn = "GalaxyID";

    private static readonly CsvReaderOptions ReaderOptions = new()
    {
        Separator = ',',
        HasHeader = false, // ReadHeader looks for duplicate columns
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false, // a stray quote spoils one line, not the rest of the file
        TrackLineNumbers = true,
    };

    /// <summary>The 37 fractions of one galaxy.</summary>
    public ReadOnlySpan<float> this[int galaxy] =>
        Fractions.AsSpan(galaxy * DecisionTree.ClassCount, DecisionTree.ClassCount);

    /// <summary>The mean of each of the 37 fractions where it is known; NaN if no galaxy's is.</summary>
    public double[] Means()
    {
        var votes = new ClassVotes(Fractions);
        return [.. votes.Sums.Zip(votes.Known, (sum, known) => sum / known)];
    }

    /// <summary>What to say about rows that contradict the decision tree; null if none does.</summary>
    public string? TreeReport { get; private init; }

    /// <summary>What to say about fractions that are not known; null if all are.</summary>
    public string? UnknownReport { get; private init; }

    /// <summary>
    /// Reads a file like the challenge's <c>training_solutions_rev1.csv</c>; the columns may come in any order, and an
    /// empty cell is a fraction that is not known.
    /// </summary>
    /// <exception cref="UserErrorException">The file is not of that form: the message names the lines.</exception>
    public static Labels Load(string path)
    {
        var problems = new ProblemList();
        var labels = Load(path, problems);
        problems.ThrowIfAny();
        return labels;
    }

    /// <summary>Reads such a file without the rows that are bad.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets the bad rows.</param>
    /// <exception cref="UserErrorException">The file is not of that form at all, or has no good row.</exception>
    public static Labels Load(string path, ProblemList problems)
    {
        try
        {
            using var reader = CsvReader.Create(RegularFile.Open(path), ReaderOptions, leaveOpen: false);
            return ReadRows(reader, path, ReadHeader(reader, path), problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{path}: cannot be read ({exception.Message.TrimEnd('.')}); it should be the challenge's label file");
        }
    }

    /// <summary>The labels of some of the galaxies.</summary>
    public Labels Only(int[] galaxies)
    {
        var fractions = new float[Fractions.Length == 0 ? 0 : galaxies.Length * DecisionTree.ClassCount];
        for (int i = 0; i < fractions.Length; i += DecisionTree.ClassCount)
            this[galaxies[i / DecisionTree.ClassCount]].CopyTo(fractions.AsSpan(i));
        return this with { Ids = [.. galaxies.Select(galaxy => Ids[galaxy])], Fractions = fractions };
    }

    /// <summary>
    /// Writes a file that <see cref="Load(string)"/> reads, which is also the form of a submission to the challenge.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Other names of the 37 columns, for other readers; null for the challenge's.</param>
    public void Write(string path, IReadOnlyList<string>? names = null) => OutputFile.Write(path, stream =>
    {
        using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord([IdColumn, .. names ?? DecisionTree.ClassNames]);
        for (int i = 0; i < Ids.Count; i++)
        {
            writer.WriteRecord(
                [Ids[i].ToString(CultureInfo.InvariantCulture), .. Array.ConvertAll(this[i].ToArray(), Cell)]);
        }
    });

    /// <summary>Reads a galaxy's number: digits without a leading zero, so that it is a safe file name.</summary>
    public static bool TryParseId(string text, out long id) =>
        Number.TryParse(text, out id) && char.IsAsciiDigit(text[0]) && text[0] != '0';

    private static Columns ReadHeader(CsvReader reader, string path)
    {
        if (!reader.Read())
            throw new UserErrorException($"{path}: is empty; its first line should name {IdColumn} and the 37 classes");
        string[] header = Fields(reader);
        string[] wanted = [IdColumn, .. DecisionTree.ClassNames];
        var problems = new ProblemList();
        for (int i = 0; i < wanted.Length; i++)
        {
            int count = header.Count(name => name == wanted[i]);
            if (count != 1)
                problems.Add(path, $"line 1 has {(count == 0 ? "no column" : "more than one column")} {wanted[i]}");
        }
        problems.ThrowIfAny();
        return new Columns(header.Length, [.. wanted.Select(name => Array.IndexOf(header, name))]);
    }

    private static Labels ReadRows(CsvReader reader, string path, Columns columns, ProblemList problems)
    {
        var ids = new List<long>();
        var fractions = new List<float>();
        var firstLines = new Dictionary<long, long>();
        var tree = new TreeCheck(path);
        while (reader.Read())
        {
            try
            {
                long id = ReadId(reader, columns);
                if (!firstLines.TryAdd(id, reader.LineNumber))
                    throw new FormatException($"{IdColumn} {id} is already on line {firstLines[id]}");
                float[] row = ReadFractions(reader, columns);
                tree.Look(row, reader.LineNumber);
                fractions.AddRange(row);
                ids.Add(id);
            }
            catch (FormatException exception)
            {
                problems.Add(path, $"line {reader.LineNumber}: {exception.Message}");
            }
        }
        if (ids.Count == 0)
        {
            problems.ThrowIfAny();
            throw new UserErrorException($"{path}: has a header and no galaxies below it");
        }
        return new Labels(ids, [.. fractions])
        {
            TreeReport = tree.Report,
            UnknownReport = DescribeUnknown(path, fractions),
        };
    }

    private static long ReadId(CsvReader reader, Columns columns)
    {
        if (reader.FieldCount != columns.Count)
            throw new FormatException($"{reader.FieldCount} values where the header has {columns.Count} columns");
        string text = reader.GetString(columns.Order[0]);
        return TryParseId(text, out long id)
            ? id
            : throw new FormatException($"{IdColumn} '{text}' is not a positive whole number");
    }

    private static float[] ReadFractions(CsvReader reader, Columns columns)
    {
        var fractions = new float[DecisionTree.ClassCount];
        for (int i = 0; i < fractions.Length; i++)
        {
            string text = reader.GetString(columns.Order[i + 1]);
            if (text.Length == 0)
                fractions[i] = float.NaN;
            else if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out fractions[i])
                || fractions[i] is not (>= 0f and <= 1f))
                throw new FormatException($"{DecisionTree.ClassNames[i]} '{text}' is not a number from 0 to 1");
        }
        return Array.Exists(fractions, float.IsFinite)
            ? fractions
            : throw new FormatException($"all {fractions.Length} classes are empty: delete the row, it says nothing");
    }

    private static string Cell(float fraction) =>
        float.IsNaN(fraction) ? "" : fraction.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? DescribeUnknown(string path, List<float> fractions)
    {
        int unknown = fractions.Count(float.IsNaN);
        return unknown == 0
            ? null
            : $"{path}: {unknown:N0} of {fractions.Count:N0} vote fractions are unknown, for their cells are empty: "
                + "they are left out of losses, means and scores";
    }

    private static string[] Fields(CsvReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    /// <summary>How many columns the header has, and the columns of the id and of the 37 classes.</summary>
    private sealed record Columns(int Count, int[] Order);
}
