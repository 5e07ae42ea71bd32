namespace GalaxyNet.Layers;

/// <summary>A part of a network on a device whose memory is the host's: it is sent from where it is.</summary>
internal sealed class PartOnTheHost : PartExchange
{
    private readonly ICollective processes;
    private readonly ParameterBlock gradients;
    private readonly CommunicationClock clock;
    private readonly Tensor received;
    private IPendingCollective? reduction;
    private IPendingCollective? gather;
    private ParameterBlock? gathered;

    /// <summary>Allocates memory for what is received.</summary>
    public PartOnTheHost(
        ICollective processes, NetworkPart part, ParameterBlock gradients, CommunicationClock clock)
        : base(processes, part)
    {
        this.processes = processes;
        this.gradients = gradients;
        this.clock = clock;
        received = gradients.Flat.Device.Allocate([processes.Size, Math.Max(OwnLength, 1)]);
    }

    /// <inheritdoc/>
    public override void GradientsAreLaunched() => reduction = processes.BeginAllToAll(
        Of(gradients), new HostFloats(received.Address, processes.Size * OwnLength));

    /// <inheritdoc/>
    public override void Send()
    {
        // They are under way since they were there.
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Receive()
    {
        clock.Wait(reduction!);
        return OwnLength == 0 ? [] : WithOwn(received, gradients, processes.Rank);
    }

    /// <inheritdoc/>
    public override void BeginGather(ParameterBlock block)
    {
        gathered = block;
        gather = processes.BeginAllGather(Of(block));
    }

    /// <inheritdoc/>
    public override void EndGather()
    {
        if (gather is null)
            return;
        clock.Wait(gather);
        gathered!.Flat.ToWrite(); // what was made of earlier numbers is no longer true
        gather = null;
    }

    /// <inheritdoc/>
    public override void Dispose() => received.Dispose();

    private HostFloats Of(ParameterBlock block) => new(block.Part(Part.Start, Part.Length).Address, Part.Length);
}
