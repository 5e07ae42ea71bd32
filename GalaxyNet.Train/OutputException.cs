namespace GalaxyNet.Train;

/// <summary>
/// Something cannot be written: a full disk, a folder of somebody else. The message says what and why. It is never
/// taken for bad input, which may be skipped.
/// </summary>
internal sealed class OutputException(string message) : Exception(message);
