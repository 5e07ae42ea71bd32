namespace GalaxyNet.Kernels;

/// <summary>The files of one of the user's caches, of which those used least are deleted.</summary>
/// <remarks>
/// Several processes may use a folder at once: a file appears under its name when it is whole. Anyone may delete any of
/// them at any time.
/// </remarks>
/// <param name="folder">Where they lie.</param>
/// <param name="mostBytes">How much room they may take together.</param>
/// <param name="mostFiles">How many there may be.</param>
internal sealed class CacheFiles(string folder, long mostBytes, int mostFiles)
{
    private static readonly TimeSpan AsGoodAsNow = TimeSpan.FromDays(1);

    /// <summary>Writes a file, and deletes those that are used least where all take too much room.</summary>
    /// <exception cref="IOException">It cannot be written, and nothing of it stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(string name, Action<Stream> write)
    {
        Directory.CreateDirectory(folder);
        string partial = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using (var stream = File.Create(partial))
                write(stream);
            File.Move(partial, Path.Combine(folder, name), overwrite: true);
        }
        catch (Exception exception)
        {
            File.Delete(partial);
            if (exception is ArgumentOutOfRangeException) // .NET has no IOException for the error EFBIG
                throw new IOException("The file would be too large for the system.", exception);
            throw;
        }
        DeleteLeastUsed();
    }

    /// <summary>Notes that a file is used, so that it is not among the first to be deleted.</summary>
    /// <exception cref="IOException">The file is gone, or its time cannot be changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void MarkUsed(string path)
    {
        if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > AsGoodAsNow)
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
    }

    private void DeleteLeastUsed()
    {
        var files = new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc);
        long bytes = 0;
        foreach (var (i, file) in files.Index())
        {
            try
            {
                bytes += file.Length;
                if (bytes > mostBytes || i >= mostFiles)
                    file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process has deleted it, or uses it on a system where that forbids it.
            }
        }
    }
}
