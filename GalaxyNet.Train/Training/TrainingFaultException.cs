namespace GalaxyNet.Train;

/// <summary>A number of a training run has become NaN or infinite: it cannot continue.</summary>
/// <param name="message">When, and which number: it follows on "stopped: ".</param>
/// <param name="isLocated">False if step and layer are still to be found: see <see cref="TrainingRun.Locate"/>.</param>
internal sealed class TrainingFaultException(string message, bool isLocated) : Exception(message)
{
    /// <summary>False if the message does not say in which step and which layer.</summary>
    public bool IsLocated { get; } = isLocated;
}
