namespace GalaxyNet.Layers;

/// <summary>Opens files for reading, but not pipes: to open one would wait for a writer, perhaps forever.</summary>
internal static class RegularFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It is missing, cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"It is a folder : '{path}'");
        if (OperatingSystem.IsWindows())
            return File.OpenRead(path);
        var opened = UnixFile.OpenWithoutWaiting(path);
        if (opened.IsInvalid)
            return File.OpenRead(path); // which says what is wrong
        var stream = new FileStream(opened, FileAccess.Read);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw new IOException($"It is not a regular file : '{path}'");
    }
}
