using System.Text;

namespace GalaxyNet.Train;

/// <summary>What <c>--skip-bad</c> went on without: a line for each bad row and image, all of them.</summary>
internal static class SkippedFile
{
    /// <summary>Its name in a folder of results.</summary>
    public const string Name = "skipped.txt";

    /// <summary>Writes it, whole or not at all; where nothing was skipped, an earlier one is removed.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, ProblemList skipped)
    {
        if (skipped.Count > 0)
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', skipped.Lines) + '\n')));
        else if (File.Exists(path))
            File.Delete(path);
    }
}
