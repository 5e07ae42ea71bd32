namespace GalaxyNet.Layers;

/// <summary>What is thrown where a file cannot be used.</summary>
internal static class InvalidFile
{
    private const int MostLength = 1000;

    /// <summary>The error: one line, whatever names a stranger's file has in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is wrong with it, without a full stop.</param>
    /// <param name="cause">What showed that.</param>
    public static InvalidDataException Error(string path, string what, Exception? cause = null)
    {
        string line = string.Concat(what.Take(MostLength).Select(letter => char.IsControl(letter) ? '?' : letter));
        return new InvalidDataException($"{path} {line}{(what.Length > MostLength ? "..." : ".")}", cause);
    }
}
