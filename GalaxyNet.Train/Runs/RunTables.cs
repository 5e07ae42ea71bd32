using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>The tables of a run that other programs read: its epochs and its steps, a line for each.</summary>
internal static class RunTables
{
    private const string HistoryHeading = "epoch,loss,rmse,images_per_second,seconds";

    /// <summary>Reads what <see cref="WriteHistory"/> wrote; nothing if it is missing or has been changed.</summary>
    public static IReadOnlyList<EpochResult> ReadHistory(string path)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.Open(path));
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var rows = lines is [HistoryHeading, ..] ? lines.Skip(1).Select(Parse).ToList() : [];
            return rows.Contains(null) ? [] : [.. rows.OfType<EpochResult>()];
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Writes the results of the epochs, whole or not at all.</summary>
    public static void WriteHistory(string path, IEnumerable<EpochResult> history) =>
        Write(path, HistoryHeading, history.Select(epoch => string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch.Epoch},{epoch.Loss},{epoch.Rmse},{epoch.ImagesPerSecond},{epoch.Seconds}")));

    /// <summary>Writes the losses of the steps, whole or not at all.</summary>
    public static void WriteLosses(string path, IEnumerable<float> losses) =>
        Write(path, "step,loss", losses.Select((loss, step) =>
            string.Create(CultureInfo.InvariantCulture, $"{step + 1},{loss}")));

    private static void Write(string path, string heading, IEnumerable<string> rows) => OutputFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (string line in rows.Prepend(heading))
            writer.WriteLine(line);
    });

    private static EpochResult? Parse(string line) =>
        line.Split(',') is [var first, var second, var third, var fourth, var fifth]
        && Number.TryParse(first, out int epoch)
        && Number.TryParse(second, out double loss)
        && Number.TryParse(third, out double rmse)
        && Number.TryParse(fourth, out double imagesPerSecond)
        && Number.TryParse(fifth, out double seconds)
            ? new EpochResult(epoch, loss, rmse, imagesPerSecond, seconds)
            : null;
}
