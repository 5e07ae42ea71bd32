namespace GalaxyNet.Benchmarks;

/// <summary>How long a step takes on several machines with a process each, if only their links hold it up.</summary>
/// <remarks>
/// A model, not a measurement. A machine sends and receives at the full speed of its link at once, nothing else is on
/// it, and two messages that are under way together share it evenly. What a processor needs to send and to receive is
/// left out, as is the way between a GPU and the host.
/// </remarks>
/// <param name="Compute">What each machine computes in a step.</param>
/// <param name="Machines">How many there are.</param>
/// <param name="GigabitsPerSecond">The speed of a link, in each direction.</param>
internal sealed record ClusterModel(StepCompute Compute, int Machines, double GigabitsPerSecond)
{
    private const double Latency = 50e-6; // of a message to one machine, by TCP over Ethernet
    private const double BytesOfGigabit = 1e9 / 8;

    /// <summary>The images of all machines in a second.</summary>
    public double ImagesPerSecond => Machines * StepCompute.Images / Seconds;

    /// <summary>The share that this is of what so many machines would do without each other.</summary>
    public double Efficiency => Compute.Seconds / Seconds;

    /// <summary>The time of a step.</summary>
    public double Seconds
    {
        get
        {
            double dense = SecondsOf(StepTraffic.Dense);
            double convolutions = SecondsOf(StepTraffic.Convolutions);
            return Compute.Dense
                + Math.Max(Compute.ConvolutionsBackward, dense)
                + (Compute.Optimizer / Machines)
                + (4 * convolutions)
                + Math.Max(Compute.ConvolutionsForward, dense - (2 * convolutions));
        }
    }

    /// <summary>The time of a message alone on the link: the gradients of a part, or its weights.</summary>
    private double SecondsOf(int parameters) => Machines == 1 ? 0
        : ((Machines - 1) * Latency)
            + (new StepTraffic(Machines).BytesOfGather(parameters) / (GigabitsPerSecond * BytesOfGigabit));
}
