namespace GalaxyNet.Layers;

/// <summary>
/// Numbers in the host's memory that stay where they are: page-locked, or those of a device whose memory is the host's.
/// </summary>
/// <param name="Address">Where the first one is.</param>
/// <param name="Length">How many.</param>
internal readonly record struct HostFloats(nint Address, int Length)
{
    /// <summary>The numbers.</summary>
    public unsafe Span<float> Span => new((void*)Address, Length);

    /// <summary>Some of them.</summary>
    public HostFloats Part(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        return new HostFloats(Address + ((nint)start * sizeof(float)), length);
    }
}
