namespace GalaxyNet.Train;

/// <summary>
/// Something that the user gave is wrong. The message says which file or option, and what to do.
/// A command prints it without a stack trace and exits with 1. Whatever writes a file throws an
/// <see cref="OutputException"/> if it cannot.
/// </summary>
internal sealed class UserErrorException(string message) : Exception(message);
