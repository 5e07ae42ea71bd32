using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>The random angles that pictures are rotated by in training.</summary>
internal static class RotationAngles
{
    private const int FullTurn = 360;

    /// <summary>A whole-degree angle that depends on nothing but the seed, the epoch and the picture.</summary>
    public static int Of(uint seed, int epoch, int picture) =>
        (int)(SplitMix64.Derive(RandomStream.Rotation.SeedOf(seed, epoch), picture) % FullTurn);
}
