using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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

    /// <summary>The column of the galaxies' numbers.</summary>
    public const string IdColumn = "GalaxyID";

    /// <summary>The 37 fractions of one galaxy.</summary>
    public ReadOnlySpan<float> this[int galaxy] =>
        Fractions.AsSpan(galaxy * DecisionTree.ClassCount, DecisionTree.ClassCount);

    /// <summary>The mean of each of the 37 fractions where it is known; NaN if no galaxy's is.</summary>
    public double[] Means()
    {
        var votes = new ClassVotes(Fractions);
        return [.. votes.Sums.Zip(votes.Known, (sum, known) => sum / known)];
    }

    /// <summary>Identifies them: a SHA-256 of the ids and vote fractions.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<long>(Ids.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<float>(Fractions));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What to say about rows that contradict the decision tree; null if none does.</summary>
    public string? TreeReport { get; init; }

    /// <summary>What to say about fractions that are not known; null if all are.</summary>
    public string? UnknownReport { get; init; }

    /// <summary>
    /// Reads a file like the challenge's <c>training_solutions_rev1.csv</c>: see <see cref="LabelReader"/>. An empty
    /// cell is a fraction that is not known.
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
    public static Labels Load(string path, ProblemList problems) => LabelReader.Read(path, problems);

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

    /// <summary>Reads a galaxy's number in a table, where it may have zeros behind a point: <c>100008.0</c>.</summary>
    public static bool TryReadId(string text, out long id) =>
        Number.TryParseWhole(text, out id) && IsId(text);

    /// <summary>Reads a galaxy's number: digits without a leading zero, so that it is a safe file name.</summary>
    public static bool TryParseId(string text, out long id) =>
        Number.TryParse(text, out id) && IsId(text);

    private static bool IsId(string digits) => digits[0] is >= '1' and <= '9';

    private static string Cell(float fraction) =>
        float.IsNaN(fraction) ? "" : fraction.ToString("0.######", CultureInfo.InvariantCulture);
}
