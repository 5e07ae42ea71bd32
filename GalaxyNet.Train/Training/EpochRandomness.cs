namespace GalaxyNet.Train;

/// <summary>
/// What is drawn anew in each epoch: a function of the settings, the epoch and the image alone, whatever the batch size
/// and the threads.
/// </summary>
internal static class EpochRandomness
{
    private const int FullTurn = 360;
    private const double Unit = 1.0 / (1L << 53);

    /// <summary>Shuffles a copy of <paramref name="images"/>.</summary>
    /// <remarks>Fisher and Yates' shuffle: from the back, each position gets one of the images that are left.</remarks>
    /// <param name="seed">The run's.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="images">The images of a shard.</param>
    /// <param name="shard">Its number: each has random numbers of its own, whatever the number of shards.</param>
    public static int[] Shuffle(uint seed, int epoch, int[] images, int shard = 0)
    {
        ulong first = SeedOf(Stream.Order, seed, epoch);
        var random = new SplitMix64(shard == 0 ? first : SplitMix64.Derive(first, shard));
        int[] order = [.. images];
        for (int last = order.Length - 1; last > 0; last--)
        {
            int chosen = (int)(random.Next() % (ulong)(last + 1));
            (order[last], order[chosen]) = (order[chosen], order[last]);
        }
        return order;
    }

    /// <summary>How an image is shown: rotated by whole degrees, and what else the settings say.</summary>
    public static Pose PoseOf(TrainingSettings settings, int epoch, int image)
    {
        int degrees = settings.Rotation == RotationMethod.None ? 0 : (int)(Draw(Stream.Rotation) % FullTurn);
        ulong flips = settings.Flips ? Draw(Stream.Flips) % 4 : 0;
        bool isMirrored = flips % 2 == 1;
        // A flip upside down is one from left to right and half a turn.
        bool isHalfTurned = flips / 2 == 1;
        return new Pose(
            isHalfTurned ? degrees + (FullTurn / 2) : degrees,
            isMirrored,
            zoom: Math.Pow(1 + settings.Zoom, Between(Stream.Zoom)),
            down: settings.Shift * Between(Stream.Down),
            right: settings.Shift * Between(Stream.Right))
        {
            Brightness = 1f + (settings.ColorJitter * (float)Between(Stream.Brightness)),
            Tint = settings.ColorJitter * (float)Between(Stream.Tint),
        };

        ulong Draw(Stream stream) => SplitMix64.Derive(SeedOf(stream, settings.Seed, epoch), image);

        // From -1 to 1.
        double Between(Stream stream) => ((Draw(stream) >> 11) * Unit * 2) - 1;
    }

    private static ulong SeedOf(Stream stream, uint seed, int epoch) =>
        SplitMix64.Derive(SplitMix64.Derive(seed, (int)stream), epoch);

    /// <summary>Random numbers of their own for each kind of draw.</summary>
    private enum Stream
    {
        // Layers derive their seeds from the run's by their indices, which are all smaller.
        Rotation = 1 << 20,
        Order,
        Flips,
        Zoom,
        Down,
        Right,
        Brightness,
        Tint,
    }
}
