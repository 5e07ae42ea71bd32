namespace GalaxyNet.Train;

/// <summary>Writes files that are either whole or not there: first under another name, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file, and makes its folder when there is none. A file that is there is replaced.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            Layers.AtomicFile.Write(path, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be written ({exception.Message.TrimEnd('.')})");
        }
    }
}
