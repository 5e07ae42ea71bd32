using System.Text;

namespace GalaxyNet.Train;

/// <summary>
/// Writes whatever the program writes, files whole or not at all; devices and pipes are written into, and links stay.
/// </summary>
internal static class OutputFile
{
    private const int LongestName = 255; // in bytes: of every file system in common use

    /// <summary>Writes a file, and makes its folder if it is missing. An earlier file is replaced.</summary>
    /// <exception cref="OutputException">The path cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            if (WriteTarget.Of(path) is { IsStream: false } target && Path.GetDirectoryName(target.Path) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }

    /// <summary>Makes a folder for what is deleted at the end.</summary>
    /// <param name="name">How its name begins.</param>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static string CreateTemporaryFolder(string name)
    {
        try
        {
            return Directory.CreateTempSubdirectory(name).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                $"{Path.GetTempPath()}: a folder for what is not kept cannot be made there ({ReasonOf(exception)}): "
                + "set TMPDIR to a folder that can be written");
        }
    }

    /// <summary>Deletes a file that is there no longer, if there is one.</summary>
    /// <exception cref="OutputException">It cannot be deleted.</exception>
    public static void Delete(string path)
    {
        try
        {
            if (File.Exists(path))
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }

    /// <summary>True if what is written there goes on, as in a device, a pipe or standard output.</summary>
    public static bool IsStream(string path) => TargetOf(path).IsStream;

    /// <summary>True if a path is that of this program's standard output.</summary>
    public static bool IsStandardOutput(string path) => TargetOf(path).IsStandardOutput;

    /// <summary>Makes sure, before the work, that a file can be written; nothing is changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="endings">How its name may end, which says its format: <c>.csv</c>.</param>
    /// <exception cref="OutputException">It cannot.</exception>
    public static void Require(string path, IReadOnlyList<string> endings)
    {
        if (TargetOf(path) is { IsStream: false } target)
        {
            if (Directory.Exists(target.Path))
                throw new OutputException($"{path}: is a folder; give the name of a file that ends in {endings[0]}");
            if (!endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                throw new OutputException(
                    $"{path}: is written as {endings[0][1..].ToUpperInvariant()}, so its name must end in "
                    + string.Join(" or ", endings));
        }
        Try(path, path);
    }

    /// <summary>Makes sure, before the work, that files can be written into a folder; nothing is changed.</summary>
    /// <param name="folder">The folder, which may be missing.</param>
    /// <exception cref="OutputException">They cannot.</exception>
    public static void RequireFolder(string folder)
    {
        if (TargetOf(folder) is var target && (target.IsStream || File.Exists(target.Path)))
            throw new OutputException($"{folder}: is a file; give a folder, which need not exist yet");
        Try(folder, Path.Combine(folder, "file"));
    }

    /// <summary>The system's reason, without the name of a file that the user has not given.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "There is no such folder, and none can be made there",
        UnauthorizedAccessException => "Permission denied",
        _ => exception.Message.Split(" : '")[0].TrimEnd('.'),
    };

    /// <summary>Says that a path cannot be written, and why.</summary>
    public static OutputException CannotWrite(string path, Exception exception) =>
        new($"{path}: cannot be written ({ReasonOf(exception)})");

    private static void Try(string given, string file)
    {
        if (file.Split('/', '\\').Any(name => Encoding.UTF8.GetByteCount(name) > LongestName))
            throw new OutputException($"{given}: has a name that is too long: {LongestName} bytes are the most");
        try
        {
            AtomicFile.Try(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(given, exception);
        }
    }

    private static WriteTarget TargetOf(string path)
    {
        try
        {
            return WriteTarget.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }
}
