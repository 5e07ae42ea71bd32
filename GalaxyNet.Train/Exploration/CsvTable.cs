using System.Globalization;
using CsvHelper;

namespace GalaxyNet.Train;

/// <summary>Tables as CSV files.</summary>
internal static class CsvTable
{
    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="headings">The names of the columns.</param>
    /// <param name="rows">A value for each column; NaN stays empty.</param>
    public static void Write(string path, string[] headings, IEnumerable<object[]> rows) =>
        OutputFile.Write(path, stream =>
        {
            using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            writer.WriteRecord(headings);
            foreach (object[] row in rows)
                writer.WriteRecord(Array.ConvertAll(row, Format));
        });

    private static string Format(object value) =>
        value is double.NaN ? "" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
