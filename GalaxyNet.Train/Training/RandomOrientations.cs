using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>How images are turned in training.</summary>
internal static class RandomOrientations
{
    private const int FullTurn = 360;

    /// <summary>
    /// A turn by whole degrees, unless the settings have no rotation, and with <see cref="TrainingSettings.Flips"/> flips, that depend on
    /// nothing but the settings, the epoch and the image.
    /// </summary>
    public static Orientation Of(TrainingSettings settings, int epoch, int image)
    {
        int degrees = settings.Rotation == RotationMethod.None ? 0 : (int)(Draw(RandomStream.Rotation) % FullTurn);
        if (!settings.Flips)
            return new Orientation(degrees);
        ulong flips = Draw(RandomStream.Flips) % 4;
        bool isMirrored = flips % 2 == 1;
        // Upside down is left to right and half a turn.
        bool isHalfTurned = flips / 2 == 1;
        return new Orientation(isHalfTurned ? degrees + (FullTurn / 2) : degrees, isMirrored);

        ulong Draw(RandomStream stream) => SplitMix64.Derive(stream.SeedOf(settings.Seed, epoch), image);
    }
}
