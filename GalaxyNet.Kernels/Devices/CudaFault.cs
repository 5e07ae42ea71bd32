using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>What can be wrong with an NVIDIA driver, and what people do about it, as parts of a sentence.</summary>
internal static class CudaFault
{
    /// <summary>There is no driver.</summary>
    public const string NoDriver =
        "no NVIDIA driver is installed (libcuda.so.1, on Windows nvcuda.dll); start a container with --gpus all";

    /// <summary>A driver without functions that every other one has had for ten years.</summary>
    public const string AncientDriver = "the NVIDIA driver is too old, update it";

    /// <summary>ILGPU leaves out what it cannot compile for.</summary>
    public const string NoUsableDevice =
        "the NVIDIA driver has no GPU of compute capability 3.0 or newer, which is the oldest that ILGPU can use";

    /// <summary>An error on starting the driver.</summary>
    /// <param name="error">Its number.</param>
    /// <param name="name">Its name, by the driver.</param>
    public static string Describe(int error, string name) =>
        $"the NVIDIA driver does not start, with error {error} ({name}): {AdviceFor(error)}";

    /// <summary>A driver that came before its GPU, or before what ILGPU needs.</summary>
    public static string OldDriver(CudaDevice device)
    {
        var capabilities = new CudaCapabilityContext(device.Architecture!.Value);
        CudaAccelerator.TryGetInstructionSet(
            capabilities.TargetArchitecture, device.DriverVersion, out var needed, out _);
        return $"the NVIDIA driver is too old for ILGPU: it knows CUDA {device.DriverVersion}, "
            + $"and the {device.Name} needs {needed}, so update it";
    }

    private static string AdviceFor(int error) => error switch
    {
        34 => "this libcuda is the CUDA toolkit's stub, so put the folder of the driver's before it in LD_LIBRARY_PATH",
        35 => "the library is newer than the driver, so update the driver",
        100 => "it finds no GPU; see what nvidia-smi lists, and whether CUDA_VISIBLE_DEVICES hides it",
        802 => "the system is not ready yet; start nvidia-fabricmanager, which machines with NVSwitch need, or wait",
        803 => "the library and the kernel's module are of different versions, as after an update; "
            + "restart the machine or, in a container, use the libcuda of the machine",
        804 => "this libcuda is the one for forward compatibility, which this GPU does not take; "
            + "leave it out of LD_LIBRARY_PATH",
        999 => "run nvidia-smi, which loads the kernel's module, or restart the machine; "
            + "start a container with --gpus all",
        _ => "see whether nvidia-smi works",
    };
}
