using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace GalaxyNet.Kernels;

/// <summary>Finds the drivers' libraries where they have other names than ILGPU asks for.</summary>
/// <remarks>
/// ILGPU asks for <c>libcuda.so</c> and <c>libOpenCL.so</c>, which many systems ship in packages for developers alone:
/// what is always there has the version in its name. Windows keeps its driver for Linux in a folder that not every
/// loader looks into. .NET asks here only after its own search, so that a program can still register a resolver for
/// ILGPU, as ILGPU itself does on Windows Subsystem for Linux.
/// </remarks>
internal static class DriverLibraries
{
    private const string WindowsSubsystemForLinux = "/usr/lib/wsl/lib";

    private static readonly Dictionary<string, string[]> Files = new()
    {
        [CudaDriver.Library] = ["libcuda.so.1", $"{WindowsSubsystemForLinux}/libcuda.so.1", "nvcuda"],
        ["OpenCL"] = ["libOpenCL.so.1", $"{WindowsSubsystemForLinux}/libOpenCL.so.1"],
    };

    private static readonly Lazy<bool> Registration = new(Register);

    /// <summary>From now on they are found.</summary>
    public static void EnsureFound() => _ = Registration.Value;

    private static bool Register()
    {
        Assembly[] callers = [typeof(Context).Assembly, typeof(DriverLibraries).Assembly];
        foreach (var loader in callers.Select(AssemblyLoadContext.GetLoadContext).Distinct())
            loader!.ResolvingUnmanagedDll += Resolve;
        return true;
    }

    private static nint Resolve(Assembly caller, string name)
    {
        foreach (string file in Files.GetValueOrDefault(name, []))
        {
            if (NativeLibrary.TryLoad(file, out nint library))
                return library;
        }
        return 0;
    }
}
