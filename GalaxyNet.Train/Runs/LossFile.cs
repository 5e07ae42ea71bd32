using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>The loss of every step of a run, as a table that other programs read.</summary>
internal static class LossFile
{
    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, IEnumerable<float> losses) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("step,loss");
        foreach (var (step, loss) in losses.Index())
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step + 1},{loss}"));
    });
}
