namespace GalaxyNet.Kernels;

/// <summary>A device that <see cref="Device.Open"/> can open on this machine.</summary>
/// <param name="Address">Which it is.</param>
/// <param name="Name">What its driver calls it.</param>
/// <param name="MemoryBytes">Its memory in bytes.</param>
/// <param name="IsProcessor">True where the "device" is the machine's own processor.</param>
public sealed record DeviceDescription(DeviceAddress Address, string Name, long MemoryBytes, bool IsProcessor)
{
    /// <summary>How it is reached.</summary>
    public DeviceKind Kind => Address.Kind;
}
