using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GalaxyNet.Layers;

/// <summary>What .NET's files do not offer: folders as files, and opening without waiting.</summary>
internal static partial class UnixFile
{
    /// <summary>O_RDONLY.</summary>
    public const int ReadOnly = 0;

    /// <summary>Opens a file or a folder; the handle is invalid where that fails.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial SafeFileHandle Open(string path, int flags);

    /// <summary>Flushes a file or a folder to the disk.</summary>
    /// <returns>Under 0 where that fails.</returns>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Flush(SafeFileHandle file);
}
