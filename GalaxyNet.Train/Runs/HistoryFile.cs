using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>The history of a run, as a table that other programs read: a line for each epoch.</summary>
internal static class HistoryFile
{
    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, IEnumerable<EpochResult> history) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("epoch,loss,rmse,images_per_second,seconds");
        foreach (var epoch in history)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Loss},{epoch.Rmse},{epoch.ImagesPerSecond},{epoch.Seconds}"));
        }
    });
}
