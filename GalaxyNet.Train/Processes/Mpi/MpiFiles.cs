using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>Where libraries of MPI lie.</summary>
internal static class MpiFiles
{
    private static readonly string[] Launchers = ["mpirun", "mpiexec"];

    // Intel's lies in lib/release.
    private static readonly string[] LibraryFolders = ["lib", "lib64", Path.Combine("lib", "release")];

    /// <summary>The names of the libraries of a kind on this system, the likeliest first.</summary>
    public static string[] NamesOf(MpiKind kind) => kind switch
    {
        MpiKind.OpenMpi when OperatingSystem.IsWindows() => [],
        MpiKind.OpenMpi when OperatingSystem.IsMacOS() => ["libmpi.40.dylib", "libmpi.dylib"],
        MpiKind.OpenMpi => ["libmpi.so.40", "libmpi.so"],
        _ when OperatingSystem.IsWindows() => ["msmpi.dll"],
        _ when OperatingSystem.IsMacOS() => ["libmpi.12.dylib", "libmpich.12.dylib", "libmpi.dylib"],
        _ => ["libmpich.so.12", "libmpi.so.12", "libmpich.so", "libmpi.so"],
    };

    /// <summary>
    /// Loads a library of a kind: from where the user says that libraries are, from beside the launcher, or from where
    /// the system has them.
    /// </summary>
    /// <returns>Its name or path, and its handle; null if there is none.</returns>
    public static (string Path, nint Handle)? Load(MpiKind kind)
    {
        string[] names = NamesOf(kind);
        var paths = Folders().SelectMany(folder => names.Select(name => Path.Combine(folder, name))).Where(File.Exists);
        foreach (string path in paths.Concat(names))
        {
            if (!NativeLibrary.TryLoad(path, out nint handle))
                continue;
            if (NativeLibrary.TryGetExport(handle, "MPI_Ibarrier", out _) && MpiNames.KindOf(handle) == kind)
                return (path, handle);
            NativeLibrary.Free(handle);
        }
        return null;
    }

    private static IEnumerable<string> Folders() =>
    [
        .. FoldersIn("LD_LIBRARY_PATH"),
        .. from folder in FoldersIn("PATH")
           let launcher = Launchers.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
           where launcher is not null
           from beside in LibraryFolders
           select Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(RealPath.Of(launcher)))!, beside),
    ];

    private static string[] FoldersIn(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
