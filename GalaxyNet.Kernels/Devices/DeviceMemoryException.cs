namespace GalaxyNet.Kernels;

/// <summary>More memory was asked for than a device has left, or than a buffer can have.</summary>
public sealed class DeviceMemoryException(string message) : Exception(message);
