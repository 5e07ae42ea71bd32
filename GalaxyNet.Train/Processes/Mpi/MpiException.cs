namespace GalaxyNet.Train;

/// <summary>A call of MPI failed: the processes cannot go on.</summary>
internal sealed class MpiException(string message) : Exception(message);
