using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>The history of a run, as a table that other programs read: a line for each epoch.</summary>
internal static class HistoryFile
{
    private const string Header = "epoch,loss,rmse,images_per_second,seconds";

    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, IEnumerable<EpochResult> history) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var epoch in history)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Loss},{epoch.Rmse},{epoch.ImagesPerSecond},{epoch.Seconds}"));
        }
    });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<EpochResult> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Skip(1).Select(Parse)];
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message}", exception);
        }
    }

    private static EpochResult Parse(string line)
    {
        double[] numbers = [.. line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return numbers is [double epoch, double loss, double rmse, double imagesPerSecond, double seconds]
            ? new EpochResult((int)epoch, loss, rmse, imagesPerSecond, seconds)
            : throw new FormatException($"'{line}' has not the columns {Header}.");
    }
}
