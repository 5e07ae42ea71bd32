using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>
/// What is drawn anew in each epoch. Each kind has numbers of its own, which depend on nothing but the run's seed and the epoch:
/// neither on the size of the batches nor on threads, nor on what else is drawn.
/// </summary>
internal enum RandomStream
{
    // No layer of a network has such an index: the layers' streams come from the same seed.

    /// <summary>The images' angles.</summary>
    Rotation = 1 << 20,

    /// <summary>The order of the images.</summary>
    Order,

    /// <summary>Which images are flipped.</summary>
    Flips,
}

/// <summary>The seeds of the streams.</summary>
internal static class RandomStreams
{
    /// <summary>A stream's seed for one epoch.</summary>
    public static ulong SeedOf(this RandomStream stream, uint seed, int epoch) =>
        SplitMix64.Derive(SplitMix64.Derive(seed, (int)stream), epoch);
}
