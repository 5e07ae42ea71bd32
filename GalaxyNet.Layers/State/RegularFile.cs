namespace GalaxyNet.Layers;

/// <summary>Opens files for reading, but not pipes: to open one would wait for a writer, perhaps forever.</summary>
internal static class RegularFile
{
    private const int NonBlockingOnLinux = 0x800; // O_NONBLOCK
    private const int NonBlockingOnOthers = 0x4;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It is missing, cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"It is a folder : '{path}'");
        if (OperatingSystem.IsWindows())
            return File.OpenRead(path);
        int nonBlocking = OperatingSystem.IsLinux() ? NonBlockingOnLinux : NonBlockingOnOthers;
        var opened = UnixFile.Open(path, UnixFile.ReadOnly | nonBlocking);
        if (opened.IsInvalid)
            return File.OpenRead(path); // which says what is wrong
        var stream = new FileStream(opened, FileAccess.Read);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw new IOException($"It is not a regular file : '{path}'");
    }
}
