using System.Runtime.InteropServices;

namespace GalaxyNet.Layers;

/// <summary>Files that are whole or not there at all.</summary>
internal static class AtomicFile
{
    /// <summary>How the name of a file ends while it is being written: a crash may leave such a file.</summary>
    public const string TemporaryEnding = ".tmp";

    private const string TooLargeForTheSystem = "value"; // .NET has no IOException for the error EFBIG

    /// <summary>
    /// Writes a file under a temporary name in the same folder, flushes it to the disk, and renames it:
    /// an interruption leaves the old file, never half of the new one.
    /// </summary>
    /// <exception cref="IOException">
    /// The folder is missing, the disk is full, or the file cannot be replaced.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + TemporaryEnding;
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            File.Delete(temporary);
            if (exception is ArgumentOutOfRangeException { ParamName: TooLargeForTheSystem })
                throw new IOException($"The file would be too large for the system : '{temporary}'", exception);
            throw;
        }
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
}
