namespace GalaxyNet.Train;

/// <summary>Images of one size, one behind the other.</summary>
/// <param name="Pixels">Their bytes: [images, channels, height, width].</param>
/// <param name="Shape">[channels, height, width] of each.</param>
internal readonly record struct ImageBlock(ReadOnlyMemory<byte> Pixels, Shape Shape)
{
    /// <summary>How many there are.</summary>
    public int Count => Pixels.Length / Shape.Count;
}
