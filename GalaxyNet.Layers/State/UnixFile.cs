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

    private const int NonBlockingOnLinux = 0x800; // O_NONBLOCK
    private const int NonBlockingOnMacOS = 0x4;
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeWanted = 1; // STATX_TYPE
    private const int StatusBytes = 256; // of struct statx
    private const int ModeOffset = 28;
    private const int TypeMask = 0xf000;
    private const int TypeOfPipe = 0x1000;
    private const int TypeOfCharacters = 0x2000; // a device such as a terminal
    private const int TypeOfDisk = 0x6000;
    private const int TypeOfSocket = 0xc000;

    /// <summary>True of a pipe, or of a device that takes characters.</summary>
    /// <exception cref="IOException">It is a whole disk, or a socket: nobody means to write a file there.</exception>
    public static bool IsDeviceOrPipe(string path)
    {
        if (!OperatingSystem.IsLinux())
            return HasNoPosition(path);
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Status(CurrentFolder, path, 0, TypeWanted, status) != 0)
            return false;
        return (BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask) switch
        {
            TypeOfDisk => throw new IOException($"It is a whole disk : '{path}'"),
            TypeOfSocket => throw new IOException($"It is a socket : '{path}'"),
            var type => type is TypeOfPipe or TypeOfCharacters,
        };
    }

    /// <summary>
    /// The same by what every Unix can tell: a pipe has no position to read from, and a device lies among the devices.
    /// </summary>
    public static bool HasNoPosition(string path)
    {
        if (!File.Exists(path))
            return false;
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
            return true;
        using var opened = OpenWithoutWaiting(path);
        if (opened.IsInvalid)
            return false;
        using var stream = new FileStream(opened, FileAccess.Read);
        return !stream.CanSeek;
    }

    /// <summary>Opens a file for reading, and does not wait for who writes into a pipe.</summary>
    public static SafeFileHandle OpenWithoutWaiting(string path) =>
        Open(path, ReadOnly | (OperatingSystem.IsLinux() ? NonBlockingOnLinux : NonBlockingOnMacOS));

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
