namespace GalaxyNet.Train;

/// <summary>Writes files whole or not at all; one that cannot be written is an error of the user.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file, and makes its folder if it is missing. An earlier file is replaced.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be written ({exception.Message.TrimEnd('.')})");
        }
    }
}
