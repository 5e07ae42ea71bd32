namespace GalaxyNet.Kernels;

/// <summary>A GPU's driver refuses a kernel; the message is the log of its compiler.</summary>
public sealed class KernelLoadException(string message, Exception? cause = null) : Exception(message, cause);
