namespace GalaxyNet.Train;

/// <summary>
/// Options that do not go together, which shows only in the command. The program says so as of any wrong usage.
/// </summary>
internal sealed class UsageException(string message) : Exception(message);
