namespace GalaxyNet.Train;

/// <summary>The numbers of a training run have become infinite, or none at all: it cannot go on.</summary>
/// <param name="message">When, and which number: it follows on "stopped, for".</param>
/// <param name="isLocated">False where the step and the layer are still to be found: see <see cref="FaultSearch"/>.</param>
internal sealed class TrainingFaultException(string message, bool isLocated) : Exception(message)
{
    /// <summary>False where the message does not say in which step and which layer.</summary>
    public bool IsLocated { get; } = isLocated;
}
