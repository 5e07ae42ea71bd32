namespace GalaxyNet.Layers;

/// <summary>
/// A part of a network on a GPU: page-locked memory of the host is between it and the other processes. It is copied
/// there on a stream of its own, while the GPU computes other parts.
/// </summary>
internal sealed class PartOnAGpu : PartExchange
{
    private readonly ICollective processes;
    private readonly ParameterBlock gradients;
    private readonly CommunicationClock clock;
    private readonly Device device;
    private readonly AsyncCopies copies;
    private readonly HostBuffer<float> sent; // or what is gathered
    private readonly HostBuffer<float> own;
    private readonly HostBuffer<float> received;
    private readonly Tensor receivedOnDevice;
    private QueueMark? launched;
    private IPendingCollective? reduction;
    private IPendingCollective? gather;
    private ParameterBlock? gathered;

    /// <summary>Allocates memory on both sides.</summary>
    public PartOnAGpu(ICollective processes, NetworkPart part, ParameterBlock gradients, CommunicationClock clock)
        : base(processes, part)
    {
        this.processes = processes;
        this.gradients = gradients;
        this.clock = clock;
        device = gradients.Flat.Device;
        using var construction = Construction.Begin();
        copies = new AsyncCopies(device);
        sent = device.AllocateHostBuffer<float>(part.Length);
        own = device.AllocateHostBuffer<float>(OwnLength);
        receivedOnDevice = device.Allocate([processes.Size, Math.Max(OwnLength, 1)]);
        received = device.AllocateHostBuffer<float>(receivedOnDevice.Count);
        construction.Complete();
    }

    /// <inheritdoc/>
    public override void GradientsAreLaunched() => Mark();

    /// <inheritdoc/>
    public override void Send()
    {
        CopyToHost(Of(gradients), sent);
        reduction = processes.BeginAllToAll(
            new HostFloats(sent.Address, sent.Length), new HostFloats(received.Address, processes.Size * OwnLength));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Receive()
    {
        clock.Wait(reduction!);
        copies.Begin(received, receivedOnDevice);
        copies.Wait();
        return OwnLength == 0 ? [] : WithOwn(receivedOnDevice, gradients, processes.Rank);
    }

    /// <inheritdoc/>
    public override void BeginGather(ParameterBlock block)
    {
        Mark();
        if (OwnLength > 0)
        {
            CopyToHost(block.Part(OwnStart, OwnLength), own);
            own.Span.CopyTo(sent.Span[(OwnStart - Part.Start)..]);
        }
        gathered = block;
        gather = processes.BeginAllGather(new HostFloats(sent.Address, sent.Length));
    }

    /// <inheritdoc/>
    public override void EndGather()
    {
        if (gather is null)
            return;
        clock.Wait(gather);
        copies.Begin(sent, Of(gathered!));
        copies.Wait();
        gather = null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        launched?.Dispose();
        received.Dispose();
        receivedOnDevice.Dispose();
        own.Dispose();
        sent.Dispose();
        copies.Dispose();
    }

    private void Mark()
    {
        launched?.Dispose();
        launched = device.Mark();
    }

    private Tensor Of(ParameterBlock block) => block.Part(Part.Start, Part.Length);

    private void CopyToHost(Tensor source, HostBuffer<float> target)
    {
        launched!.Wait();
        copies.Begin(source, target);
        copies.Wait();
    }
}
