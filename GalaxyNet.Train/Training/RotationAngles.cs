using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>The random angles that pictures are rotated by in training.</summary>
internal static class RotationAngles
{
    private const int FullTurn = 360;
    private const int Stream = 1 << 20; // no layer of a network has this index: their streams come from the same seed

    /// <summary>
    /// A whole-degree angle that depends on nothing but the seed, the epoch and the picture: neither on the size of the
    /// batches nor on threads.
    /// </summary>
    public static int Of(uint seed, int epoch, int picture)
    {
        ulong epochSeed = SplitMix64.Derive(SplitMix64.Derive(seed, Stream), epoch);
        return (int)(SplitMix64.Derive(epochSeed, picture) % FullTurn);
    }
}
