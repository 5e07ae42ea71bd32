using System.Runtime.InteropServices;

namespace GalaxyNet.Kernels;

/// <summary>Asks Linux to back a processor's large buffers with pages of 2 MB instead of 4 KB.</summary>
/// <remarks>
/// Winograd's transforms touch 64 matrices at once and a product's panels lie far apart: with small pages the processor
/// spends time finding where each begins, and neighbors in a buffer may fall on the same lines of a cache. Most
/// distributions give large pages only where a program asks for them.
/// </remarks>
internal static partial class HugePages
{
    private const int Advice = 14; // MADV_HUGEPAGE
    private const nuint PageSize = 2 << 20;

    /// <summary>
    /// Asks for the whole pages of a block not written to yet. Linux may refuse: nothing depends on it.
    /// </summary>
    public static void Request(nint address, long bytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        nuint start = ((nuint)address + PageSize - 1) / PageSize * PageSize;
        nuint end = ((nuint)address + (nuint)bytes) / PageSize * PageSize;
        if (end > start)
            _ = Advise(start, end - start, Advice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
