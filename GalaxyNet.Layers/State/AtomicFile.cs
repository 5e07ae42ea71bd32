using System.Runtime.InteropServices;

namespace GalaxyNet.Layers;

/// <summary>Files that are whole or not there at all.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// What the names of files match while they are being written: a crash may leave such a file. Part of the name is
    /// drawn at random, so that it is nobody's.
    /// </summary>
    public const string TemporaryPattern = TemporaryStart + "*" + TemporaryEnding;

    private const string TemporaryStart = ".galaxynet-";
    private const string TemporaryEnding = ".tmp";
    private const string TooLargeForTheSystem = "value"; // .NET has no IOException for the error EFBIG

    /// <summary>
    /// Writes a file under a temporary name in the same folder, flushes it to the disk, and renames it:
    /// an interruption leaves the old file, never half of the new one. What a link points to is written, and the link
    /// stays; a device or a pipe is written into.
    /// </summary>
    /// <exception cref="IOException">
    /// The folder is missing, the disk is full, or the file cannot be replaced.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = WriteTarget.Of(path);
        if (target.IsStream)
        {
            using var stream = target.OpenStream();
            write(stream);
        }
        else
        {
            Replace(target.Path, write);
        }
    }

    /// <summary>Tries whether a file could be written, and leaves everything as it is.</summary>
    /// <param name="path">Its path; folders of it may be missing.</param>
    /// <exception cref="IOException">It could not.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Try(string path)
    {
        var target = WriteTarget.Of(path);
        if (target.IsStream)
            return;
        RequireWritable(target.Path);
        string folder = FolderOf(target.Path);
        while (!Directory.Exists(folder) && !File.Exists(folder))
            folder = FolderOf(folder);
        string temporary = NewTemporary(folder);
        File.Create(temporary).Dispose();
        File.Delete(temporary);
    }

    /// <summary>
    /// Flushes a folder's list of files to the disk: without it, a file that was written or renamed may be gone after a
    /// power cut. On Windows the file system does so by itself.
    /// </summary>
    /// <exception cref="IOException">The folder is missing, or the disk fails.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var opened = UnixFile.Open(folder, UnixFile.ReadOnly);
        if (opened.IsInvalid || UnixFile.Flush(opened) < 0)
            throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()} : '{folder}'");
    }

    private static void Replace(string path, Action<Stream> write)
    {
        RequireWritable(path);
        string temporary = NewTemporary(FolderOf(path));
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(path))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            File.Delete(temporary);
            if (exception is ArgumentOutOfRangeException { ParamName: TooLargeForTheSystem })
                throw new IOException($"The file would be too large for the system : '{path}'", exception);
            throw;
        }
    }

    /// <summary>A rename would replace even a file that its owner has made read-only.</summary>
    private static void RequireWritable(string path)
    {
        if (File.Exists(path))
            new FileStream(path, FileMode.Open, FileAccess.Write).Dispose();
    }

    private static string NewTemporary(string folder) =>
        Path.Combine(folder, TemporaryStart + Path.GetRandomFileName() + TemporaryEnding);

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
}
