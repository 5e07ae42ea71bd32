namespace GalaxyNet.Kernels;

/// <summary>A device was asked for by name and this machine does not have it.</summary>
public sealed class DeviceUnavailableException(string message) : Exception(message);
