using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GalaxyNet.Layers;

/// <summary>
/// What .NET's files do not offer: folders as files, opening without waiting, and telling devices from files.
/// </summary>
internal static partial class UnixFile
{
    /// <summary>O_RDONLY.</summary>
    public const int ReadOnly = 0;

    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeWanted = 1; // STATX_TYPE
    private const int StatusBytes = 256; // of struct statx
    private const int ModeOffset = 28;
    private const int TypeMask = 0xf000;
    private const int TypeOfFolder = 0x4000;
    private const int TypeOfFile = 0x8000;

    /// <summary>True if there is something at a path that is neither a file nor a folder.</summary>
    public static bool IsDeviceOrPipe(string path)
    {
        if (!OperatingSystem.IsLinux())
            return path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);
        Span<byte> status = stackalloc byte[StatusBytes];
        return Status(CurrentFolder, path, 0, TypeWanted, status) == 0
            && (BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask) is not (TypeOfFolder or TypeOfFile);
    }

    /// <summary>Opens a file or a folder; the handle is invalid where that fails.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial SafeFileHandle Open(string path, int flags);

    /// <summary>Flushes a file or a folder to the disk.</summary>
    /// <returns>Under 0 where that fails.</returns>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint mask, Span<byte> status);
}
