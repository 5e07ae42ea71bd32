namespace GalaxyNet.Layers;

/// <summary>A part of a network that is all this process's own: there is nothing to exchange.</summary>
internal sealed class PartOfOneProcess(ICollective processes, NetworkPart part, ParameterBlock gradients)
    : PartExchange(processes, part)
{
    /// <inheritdoc/>
    public override void GradientsAreLaunched()
    {
    }

    /// <inheritdoc/>
    public override void Send()
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Receive() => [gradients.Part(Part.Start, Part.Length)];

    /// <inheritdoc/>
    public override void BeginGather(ParameterBlock block)
    {
    }

    /// <inheritdoc/>
    public override void EndGather()
    {
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
