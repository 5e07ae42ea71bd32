using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>A random order of the images for each epoch.</summary>
internal static class EpochOrder
{
    /// <summary>Shuffles a copy of <paramref name="images"/>; the order depends on nothing but the seed and the epoch.</summary>
    /// <remarks>Fisher and Yates' shuffle: from the back, each place gets one of those that are left.</remarks>
    public static int[] Shuffled(uint seed, int epoch, int[] images)
    {
        var stream = new SplitMix64(RandomStream.Order.SeedOf(seed, epoch));
        int[] order = [.. images];
        for (int last = order.Length - 1; last > 0; last--)
        {
            int chosen = (int)(stream.Next() % (ulong)(last + 1));
            (order[last], order[chosen]) = (order[chosen], order[last]);
        }
        return order;
    }
}
