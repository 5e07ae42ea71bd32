using System.Reflection;
using System.Runtime.InteropServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// Lets ILGPU find the OpenCL loader where only the run-time package is installed: it asks for <c>libOpenCL.so</c>,
/// which Debian and Ubuntu ship in the -dev package alone, while the run-time package has <c>libOpenCL.so.1</c>.
/// </summary>
internal static class OpenClLibrary
{
    private static readonly Lazy<bool> Registration = new(Register);

    public static void EnsureFound() => _ = Registration.Value;

    private static bool Register()
    {
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!name.Contains("OpenCL", StringComparison.OrdinalIgnoreCase))
            return 0;
        return NativeLibrary.TryLoad(name, assembly, path, out nint library)
            || NativeLibrary.TryLoad("libOpenCL.so.1", assembly, path, out library) ? library : 0;
    }
}
