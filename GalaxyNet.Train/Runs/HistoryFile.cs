using System.Globalization;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>The history of a run, as a table that other programs read: a line for each epoch.</summary>
internal static class HistoryFile
{
    private const string Heading = "epoch,loss,rmse,images_per_second,seconds";

    /// <summary>Reads what <see cref="Write"/> wrote; nothing where the file is missing or somebody has changed it.</summary>
    public static IReadOnlyList<EpochResult> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.Open(path));
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines is [Heading, ..] ? [.. lines.Skip(1).Select(Parse)] : [];
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return [];
        }
    }

    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, IEnumerable<EpochResult> history) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Heading);
        foreach (var epoch in history)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Loss},{epoch.Rmse},{epoch.ImagesPerSecond},{epoch.Seconds}"));
        }
    });

    private static EpochResult Parse(string line)
    {
        string[] cells = line.Split(',');
        if (cells.Length != 5)
            throw new FormatException($"The history has no such line: {line}");
        double[] numbers = [.. cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        return new EpochResult(int.Parse(cells[0], CultureInfo.InvariantCulture), numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
