using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>Bytes in the host's memory that stay where they are.</summary>
/// <param name="Address">Where the first one is.</param>
/// <param name="Length">How many.</param>
internal readonly record struct HostBytes(nint Address, long Length)
{
    /// <summary>Those of an array that is pinned.</summary>
    public static HostBytes Of(byte[] pinned) =>
        new(Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), pinned.Length);

    /// <summary>The bytes in parts of a length, of which the last one has what is left.</summary>
    public IEnumerable<HostBytes> Parts(int length)
    {
        for (long start = 0; start < Length; start += length)
            yield return new HostBytes(Address + (nint)start, Math.Min(length, Length - start));
    }
}
