namespace GalaxyNet.Layers;

/// <summary>A process that works alone.</summary>
internal sealed class OneProcess : ICollective
{
    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public void Barrier()
    {
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> AllGather(ReadOnlySpan<byte> bytes) => [bytes.ToArray()];

    /// <inheritdoc/>
    public IPendingCollective BeginAllToAll(HostFloats sent, HostFloats received) => new Done();

    /// <inheritdoc/>
    public IPendingCollective BeginAllGather(HostFloats numbers) => new Done();

    /// <inheritdoc/>
    public void Abort(string message, int exitCode) =>
        throw new InvalidOperationException("A process that works alone has no others to end.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Done : IPendingCollective
    {
        public TimeSpan Duration => TimeSpan.Zero;

        public void Wait()
        {
        }
    }
}
