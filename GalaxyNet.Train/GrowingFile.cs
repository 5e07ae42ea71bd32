namespace GalaxyNet.Train;

/// <summary>
/// A new file that grows for as long as a program runs, while others read it: unlike those of <see cref="OutputFile"/>
/// it is there from the beginning, and a crash or a full disk may leave half a piece at its end.
/// </summary>
internal sealed class GrowingFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    /// <summary>Makes the file, and its folder if it is missing.</summary>
    /// <exception cref="OutputException">It cannot be made, or is there already.</exception>
    public GrowingFile(string path)
    {
        this.path = path;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Without a buffer: nothing is left to be written when the file is closed.
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.CannotWrite(path, exception);
        }
    }

    /// <summary>Adds a piece, which others can read at once.</summary>
    /// <exception cref="OutputException">It cannot be written; some of it may be.</exception>
    public void Write(ReadOnlySpan<byte> piece)
    {
        try
        {
            stream.Write(piece);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.CannotWrite(path, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
