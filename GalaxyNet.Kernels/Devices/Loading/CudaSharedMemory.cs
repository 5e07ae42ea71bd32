using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>
/// Shared memory beyond the 48 KB of a group that every kernel may have: the driver gives it to those for which it was
/// asked, and ILGPU does not ask.
/// </summary>
internal static partial class CudaSharedMemory
{
    private const int MaxSharedBytesOfGroup = 97; // CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN
    private const int MaxDynamicSharedBytes = 8; // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES

    /// <summary>Lets a kernel be launched with as much as a group can have.</summary>
    /// <exception cref="CudaException">The driver refuses it.</exception>
    public static void AllowAll(CudaAccelerator accelerator, CudaKernel kernel)
    {
        CudaException.ThrowIfFailed(
            GetDeviceAttribute(out int bytes, MaxSharedBytesOfGroup, accelerator.DeviceId));
        CudaException.ThrowIfFailed(SetFunctionAttribute(kernel.FunctionPtr, MaxDynamicSharedBytes, bytes));
    }

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuDeviceGetAttribute")]
    private static partial CudaError GetDeviceAttribute(out int value, int attribute, int device);

    [LibraryImport(CudaDriver.Library, EntryPoint = "cuFuncSetAttribute")]
    private static partial CudaError SetFunctionAttribute(nint function, int attribute, int value);
}
