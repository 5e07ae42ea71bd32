using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>This machine's NVIDIA driver: the GPUs that ILGPU can use through it, or why there are none.</summary>
internal sealed partial class CudaDriver
{
    /// <summary>The library's name in imports: ILGPU's, except on Windows.</summary>
    public const string Library = "cuda";

    // ILGPU asks the driver once a process too, and silently.
    private static readonly Lazy<CudaDriver> Found = new(Find);

    private CudaDriver(IReadOnlyList<CudaDevice> devices) => Devices = devices;

    private CudaDriver(bool isInstalled, string whyNoCuda)
    {
        IsInstalled = isInstalled;
        WhyNoCuda = whyNoCuda;
    }

    /// <summary>The driver of this machine.</summary>
    public static CudaDriver Current => Found.Value;

    /// <summary>False where there is no driver at all.</summary>
    public bool IsInstalled { get; } = true;

    /// <summary>The GPUs, in the driver's order.</summary>
    public IReadOnlyList<CudaDevice> Devices { get; } = [];

    /// <summary>Why there are none and what to do, as part of a sentence; null if there are some.</summary>
    public string? WhyNoCuda { get; }

    private static CudaDriver Find()
    {
        DriverLibraries.EnsureFound();
        try
        {
            int error = Initialize(0);
            return error == 0 ? FindUsable() : Failing(CudaFault.Describe(error, NameOf(error)));
        }
        catch (DllNotFoundException)
        {
            return new CudaDriver(isInstalled: false, CudaFault.NoDriver);
        }
        catch (EntryPointNotFoundException)
        {
            return Failing(CudaFault.AncientDriver);
        }
    }

    private static CudaDriver FindUsable()
    {
        CudaDevice[] devices = [.. CudaDevice.GetDevices(_ => true).Cast<CudaDevice>()];
        // ILGPU gives an instruction set to a GPU if both its compiler and the driver know one for it.
        CudaDevice[] usable = [.. devices.Where(device => device.InstructionSet is not null)];
        if (usable.Length > 0)
            return new CudaDriver(usable);
        return Failing(devices is [var tooNew, ..] ? CudaFault.OldDriver(tooNew) : CudaFault.NoUsableDevice);
    }

    private static CudaDriver Failing(string why) => new(isInstalled: true, why);

    private static string NameOf(int error) =>
        GetErrorName(error, out nint name) == 0 ? Marshal.PtrToStringUTF8(name)! : "an error of an unknown name";

    [LibraryImport(Library, EntryPoint = "cuInit")]
    private static partial int Initialize(uint flags);

    [LibraryImport(Library, EntryPoint = "cuGetErrorName")]
    private static partial int GetErrorName(int error, out nint name);
}
