using System.Text.RegularExpressions;

namespace GalaxyNet.Layers;

/// <summary>What a path leads to that is to be written.</summary>
/// <param name="Path">The end of all links.</param>
/// <param name="IsStream">
/// True of a device, a pipe or an open file: what is written there goes on, and cannot be replaced.
/// </param>
internal sealed partial record WriteTarget(string Path, bool IsStream)
{
    private const int MostLinks = 40; // as many as Linux follows

    private const string StandardOutput = "1";
    private const string StandardError = "2";

    /// <summary>True of the standard output of this process.</summary>
    public bool IsStandardOutput => Descriptor == StandardOutput;

    private string? Descriptor =>
        OpenFile().Match(Path) is { Success: true } match ? match.Groups["number"].Value : null;

    /// <summary>Follows a path.</summary>
    /// <exception cref="IOException">
    /// There are too many links, or they go round in a circle; or it is a disk or a socket.
    /// </exception>
    public static WriteTarget Of(string path)
    {
        string current = System.IO.Path.GetFullPath(path);
        for (int i = 0; i < MostLinks; i++)
        {
            // What is open is not looked up by the name that it once had.
            if (OpenFile().IsMatch(current))
                return new WriteTarget(current, IsStream: true);
            if (LinkAt(current) is not { } next)
                return new WriteTarget(current, !OperatingSystem.IsWindows() && UnixFile.IsDeviceOrPipe(current));
            current = next;
        }
        throw new IOException($"Too many levels of symbolic links : '{path}'");
    }

    /// <summary>Where a link points to, which may be nothing; null if there is no link.</summary>
    /// <param name="path">A full path.</param>
    public static string? LinkAt(string path) => new FileInfo(path).LinkTarget is { } target
        ? System.IO.Path.GetFullPath(target, System.IO.Path.GetDirectoryName(path)!)
        : null;

    /// <summary>Opens what is a stream. A pipe waits for its reader.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public Stream OpenStream() => Descriptor switch
    {
        StandardOutput => Console.OpenStandardOutput(), // which has a position that is shared with all other lines
        StandardError => Console.OpenStandardError(),
        _ => new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite),
    };

    [GeneratedRegex("^(/dev/fd|/proc/(self|thread-self|[0-9]+)/fd)/(?<number>[0-9]+)$")]
    private static partial Regex OpenFile();
}
