namespace GalaxyNet.Train;

/// <summary>
/// Something that the user gave is wrong. The message says all: which file or option, and what to do.
/// A command prints it without a stack trace and exits with 1.
/// </summary>
internal sealed class UserErrorException(string message) : Exception(message);
