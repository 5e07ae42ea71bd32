namespace GalaxyNet.Layers;

/// <summary>
/// A part of a network among processes: its gradients go to the process that updates them, and what is updated goes
/// back to all. Each process updates a block of it.
/// </summary>
/// <remarks>Every process calls the methods of all parts in the same order.</remarks>
internal abstract class PartExchange : IDisposable
{
    /// <summary>Takes a part of a network.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="part">Where its parameters are in the blocks.</param>
    protected PartExchange(ICollective processes, NetworkPart part)
    {
        Part = part;
        var blocks = new Blocks(part.Length, processes.Size);
        OwnStart = part.Start + blocks.Start(processes.Rank);
        OwnLength = blocks.LengthOf(processes.Rank);
    }

    /// <summary>Where the numbers that this process updates begin in the blocks.</summary>
    public int OwnStart { get; }

    /// <summary>How many numbers this process updates; 0 if there are more processes than work.</summary>
    public int OwnLength { get; }

    /// <summary>The part.</summary>
    protected NetworkPart Part { get; }

    /// <summary>Chooses how a part of a network is exchanged.</summary>
    public static PartExchange Create(
        ICollective processes, NetworkPart part, ParameterBlock gradients, CommunicationClock clock)
    {
        var device = gradients.Flat.Device;
        return processes.Size == 1 ? new PartOfOneProcess(processes, part, gradients)
            : device.Kind == DeviceKind.Cpu ? new PartOnTheHost(processes, part, gradients, clock)
            : new PartOnAGpu(processes, part, gradients, clock);
    }

    /// <summary>Says that everything is launched that writes the part's gradients of this step.</summary>
    public abstract void GradientsAreLaunched();

    /// <summary>Sends them, if they are not under way yet.</summary>
    public abstract void Send();

    /// <summary>Waits for the gradients that this process updates.</summary>
    /// <returns>
    /// Those of each process, in the order of their ranks, in memory that may be overwritten; none if this process
    /// updates none.
    /// </returns>
    public abstract IReadOnlyList<Tensor> Receive();

    /// <summary>Begins to tell all processes what each has in its own block.</summary>
    /// <param name="block">The parameters, or what is kept of them. Until the end nothing may use the part.</param>
    public abstract void BeginGather(ParameterBlock block);

    /// <summary>Waits for the end of that, if it was begun.</summary>
    public abstract void EndGather();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>What was received, with this process's own numbers where they are.</summary>
    /// <param name="received">[processes, <see cref="OwnLength"/>]</param>
    /// <param name="gradients">The block of all gradients.</param>
    /// <param name="rank">The number of this process.</param>
    protected IReadOnlyList<Tensor> WithOwn(Tensor received, ParameterBlock gradients, int rank) =>
    [
        .. Enumerable.Range(0, received.Shape[0])
            .Select(each => each == rank ? gradients.Part(OwnStart, OwnLength) : received.Row(each)),
    ];
}
