using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace GalaxyNet.Kernels;

/// <summary>A device that has a driver of its own: a GPU, or a processor behind OpenCL.</summary>
/// <param name="Address">Which it is.</param>
/// <param name="Hardware">What ILGPU knows of it.</param>
internal sealed record Gpu(DeviceAddress Address, ILGPU.Runtime.Device Hardware)
{
    /// <summary>What there is to know without opening it.</summary>
    public DeviceDescription Description =>
        new(Address, Hardware.Name, Hardware.MemorySize, IsProcessor(Hardware));

    /// <summary>Looks for those of this machine, first for the ones that are to be preferred.</summary>
    /// <remarks>
    /// ILGPU's <c>builder.Cuda()</c> finds the same, but can run only once a process on Windows Subsystem for Linux.
    /// </remarks>
    public static IEnumerable<Gpu> Find()
    {
        foreach (var (index, device) in CudaDriver.Current.Devices.Index())
            yield return new Gpu(new DeviceAddress(DeviceKind.Cuda, index), device);
        DriverLibraries.EnsureFound();
        foreach (var (index, device) in CLDevice.GetDevices(CanRunKernels).Index())
            yield return new Gpu(new DeviceAddress(DeviceKind.OpenCl, index), device);
    }

    /// <summary>True for what computes on the machine's own processor.</summary>
    public static bool IsProcessor(ILGPU.Runtime.Device hardware) =>
        hardware is CLDevice { DeviceType: var type } && type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU);

    // As ILGPU's builder.OpenCL() asks.
    private static bool CanRunKernels(CLDevice device) =>
        device.CLStdVersion >= CLBackend.MinimumVersion && device.Capabilities.GenericAddressSpace;
}
