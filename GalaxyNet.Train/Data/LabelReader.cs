using CsvHelper;

namespace GalaxyNet.Train;

/// <summary>Reads label files, of whatever program they come from as long as it is plain what is meant.</summary>
/// <remarks>
/// The columns may come in any order, with others between them, and be written in any capitals; numbers of galaxies may
/// have zeros behind a point, as pandas writes them; rows of empty cells are passed over, and fractions that rounding
/// has put outside 0 to 1 are brought back. What a program might mean in two ways is refused.
/// </remarks>
internal sealed class LabelReader
{
    private const float Rounding = 1e-6f; // float32 numbers near 1 are 6e-8 apart, and their sums less exact

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false, // LabelColumns looks for duplicate ones
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false, // a stray quote spoils one line, not the rest of the file
        TrackLineNumbers = true,
    };

    private readonly string path;
    private readonly CsvReader reader;
    private readonly LabelColumns columns;
    private readonly TreeCheck tree;
    private readonly List<long> ids = [];
    private readonly List<float> fractions = [];
    private readonly Dictionary<long, long> firstLines = [];

    private LabelReader(string path, CsvReader reader)
    {
        (this.path, this.reader) = (path, reader);
        string[] first = reader.Read() ? Fields : [];
        columns = LabelColumns.Of(path, first);
        tree = new TreeCheck(path);
    }

    private string[] Fields => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private bool IsEmptyRow => Array.TrueForAll(Fields, cell => cell.Length == 0);

    /// <summary>Reads a file without the rows that are bad.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets the bad rows.</param>
    /// <exception cref="UserErrorException">The file is not of that form at all, or has no good row.</exception>
    public static Labels Read(string path, ProblemList problems)
    {
        try
        {
            RequireText(path);
            using var reader = CsvReader.Create(RegularFile.Open(path), Options, leaveOpen: false);
            return new LabelReader(path, reader).ReadRows(problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{path}: cannot be read ({exception.Message.TrimEnd('.')}); it should be the challenge's label file");
        }
    }

    /// <exception cref="UserErrorException">The first bytes are those of something else.</exception>
    private static void RequireText(string path)
    {
        using var stream = RegularFile.Open(path);
        Span<byte> start = stackalloc byte[1 << 12];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        string? other = FileKind.NameOf(start) ?? (IsUtf16(start) ? "a text in UTF-16" : null);
        if (other is not null)
            throw new UserErrorException(
                $"{path}: is {other}; it should be the challenge's label file, a text in UTF-8 with commas between its "
                + "columns");
    }

    private static bool IsUtf16(ReadOnlySpan<byte> start) =>
        start is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [0, not 0, ..] or [not 0, 0, ..];

    private Labels ReadRows(ProblemList problems)
    {
        var bad = new ProblemList();
        while (reader.Read())
        {
            try
            {
                ReadRow();
            }
            catch (FormatException exception)
            {
                bad.Add(path, $"line {reader.LineNumber}: {exception.Message}");
            }
        }
        if (ids.Count == 0)
            throw new UserErrorException(
                bad.First is { } first
                    ? $"{path}: {(bad.Count == 1 ? "" : $"all {bad.Count:N0} rows are bad, the first one so: ")}{first}"
                    : $"{path}: has a header and no galaxies below it");
        problems.AddAll(bad);
        return new Labels(ids, [.. fractions]) { TreeReport = tree.Report, UnknownReport = DescribeUnknown() };
    }

    private void ReadRow()
    {
        bool hasAll = reader.FieldCount == columns.Count;
        string idText = hasAll ? reader.GetString(columns.Id) : "";
        if (idText.Length == 0 && IsEmptyRow)
            return;
        if (!hasAll)
            throw new FormatException($"{reader.FieldCount} values where the header has {columns.Count} columns");
        long id = ReadId(idText);
        if (!firstLines.TryAdd(id, reader.LineNumber))
            throw new FormatException($"{Labels.IdColumn} {id} is already on line {firstLines[id]}");
        float[] row = ReadFractions();
        tree.Look(row, reader.LineNumber);
        fractions.AddRange(row);
        ids.Add(id);
    }

    private static long ReadId(string text)
    {
        if (Labels.TryReadId(text, out long id))
            return id;
        throw new FormatException(
            text.Length > 0 && text.All(char.IsAsciiDigit) && text[0] != '0'
                ? $"{Labels.IdColumn} {Shown.Of(text)} is larger than {long.MaxValue}, the largest number that fits"
                : $"{Labels.IdColumn} {Shown.Of(text)} is not a positive whole number without zeros before it");
    }

    private float[] ReadFractions()
    {
        var row = new float[DecisionTree.ClassCount];
        for (int i = 0; i < row.Length; i++)
            row[i] = ReadFraction(i, reader.GetString(columns.Classes[i]));
        return Array.Exists(row, float.IsFinite)
            ? row
            : throw new FormatException($"all {row.Length} classes are empty: delete the row, it says nothing");
    }

    private static float ReadFraction(int index, string text)
    {
        if (text.Length == 0)
            return float.NaN;
        if (!Number.TryParse(text, out float fraction) || fraction is not (>= -Rounding and <= 1 + Rounding))
            throw new FormatException($"{DecisionTree.ClassNames[index]} {Shown.Of(text)} is not a number from 0 to 1");
        return Math.Clamp(fraction, 0, 1);
    }

    private string? DescribeUnknown()
    {
        int unknown = fractions.Count(float.IsNaN);
        return unknown == 0
            ? null
            : $"{path}: {unknown:N0} of {fractions.Count:N0} vote fractions are unknown, for their cells are empty: "
                + "they are left out of losses, means and scores";
    }
}
