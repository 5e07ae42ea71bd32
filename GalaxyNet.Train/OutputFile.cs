using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>Files that the user asked for: whole or not there, and an error of the user where they cannot be written.</summary>
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
