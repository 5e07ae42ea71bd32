namespace GalaxyNet.Train;

/// <summary>Where a path leads, so that two of them can be compared.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <summary>The path without links, which may lead to nothing. Links in a circle stay as they are.</summary>
    public static string Of(string path) =>
        Follow(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), MostLinks);

    private static string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder || links == 0)
            return path;
        string real = Path.Combine(Follow(folder, links), Path.GetFileName(path));
        return WriteTarget.LinkAt(real) is { } target ? Follow(target, links - 1) : real;
    }
}
