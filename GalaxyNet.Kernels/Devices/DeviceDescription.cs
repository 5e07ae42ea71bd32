namespace GalaxyNet.Kernels;

/// <summary>A device that <see cref="Device.Open"/> can open on this machine.</summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Name">What its driver calls it.</param>
/// <param name="MemoryBytes">Its memory in bytes.</param>
/// <param name="IsProcessor">True where the "device" is the machine's own processor.</param>
public sealed record DeviceDescription(DeviceKind Kind, string Name, long MemoryBytes, bool IsProcessor);
