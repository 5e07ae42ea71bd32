using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GalaxyNet.Layers;

/// <summary>Opens files for reading, and nothing that only looks like one: a pipe under a file's name would be waited for without end.</summary>
public static partial class RegularFile
{
    private const int NonBlockingOnLinux = 0x800; // O_RDONLY | O_NONBLOCK
    private const int NonBlockingOnOthers = 0x4;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It is missing, cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static FileStream Open(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
            return File.OpenRead(path);
        int descriptor = Open(path, OperatingSystem.IsLinux() ? NonBlockingOnLinux : NonBlockingOnOthers);
        if (descriptor < 0)
            return File.OpenRead(path); // which says what is wrong
        var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw new IOException($"It is not a regular file : '{path}'");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
