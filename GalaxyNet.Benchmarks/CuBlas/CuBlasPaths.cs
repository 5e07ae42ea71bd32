namespace GalaxyNet.Benchmarks;

/// <summary>Where cuBLAS may be: where the system looks for libraries, then the folders of the CUDA toolkit.</summary>
internal static class CuBlasPaths
{
    private static readonly string[] NamesOnLinux =
        ["libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so"];

    private static readonly string[] NamesOnWindows = ["cublas64_13.dll", "cublas64_12.dll", "cublas64_11.dll"];

    /// <summary>All paths of this machine, the newest version first in each folder.</summary>
    public static IReadOnlyList<string> All =>
        [.. Names, .. from folder in ToolkitFolders from path in In(folder) select path];

    /// <summary>The paths in one folder, the newest version first.</summary>
    public static IEnumerable<string> In(string folder) => Names.Select(name => Path.Combine(folder, name));

    private static string[] Names => OperatingSystem.IsWindows() ? NamesOnWindows : NamesOnLinux;

    private static IEnumerable<string> ToolkitFolders
    {
        get
        {
            var roots = ((string[])["CUDA_HOME", "CUDA_PATH"])
                .Select(Environment.GetEnvironmentVariable).OfType<string>();
            return OperatingSystem.IsWindows()
                ? roots.SelectMany(root => (string[])[Path.Combine(root, "bin", "x64"), Path.Combine(root, "bin")])
                : roots.Append("/usr/local/cuda").Select(root => Path.Combine(root, "lib64"));
        }
    }
}
