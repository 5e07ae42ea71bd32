namespace GalaxyNet.Train;

/// <summary>Writes files that are either whole or not there: first under another name, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file, and makes its folder when there is none. A file that is there is replaced.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            using (var stream = File.Create(temporary))
                write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be written ({exception.Message.TrimEnd('.')})");
        }
        finally
        {
            DeleteIfLeft(temporary);
        }
    }

    private static void DeleteIfLeft(string temporary)
    {
        if (File.Exists(temporary))
            File.Delete(temporary);
    }
}
