namespace GalaxyNet.Train;

/// <summary>Images of one size, of which all or only some are held.</summary>
/// <param name="Pixels">The bytes of those that are held: [held, channels, height, width].</param>
/// <param name="Shape">[channels, height, width] of each.</param>
internal readonly record struct ImageBlock(ReadOnlyMemory<byte> Pixels, Shape Shape)
{
    /// <summary>The place of an image that is not held.</summary>
    public const int NotHeld = -1;

    /// <summary>More bytes, of the images whose places come after those of <see cref="Pixels"/>.</summary>
    public ReadOnlyMemory<byte> Added { get; init; }

    /// <summary>
    /// For each image its place among those that are held, or <see cref="NotHeld"/>; null if all are, in order.
    /// </summary>
    public int[]? Places { get; init; }

    /// <summary>How many there are, held or not.</summary>
    public int Count => Places?.Length ?? HeldFirst;

    /// <summary>How many places there are before those of <see cref="Added"/>.</summary>
    public int HeldFirst => Pixels.Length / Shape.Count;

    /// <summary>One image, which must be held: [channels, height, width].</summary>
    public ReadOnlySpan<byte> this[int image]
    {
        get
        {
            int place = PlaceOf(image);
            int length = Shape.Count;
            return place < HeldFirst
                ? Pixels.Span.Slice(place * length, length)
                : Added.Span.Slice((place - HeldFirst) * length, length);
        }
    }

    /// <summary>True if an image is held.</summary>
    public bool Holds(int image) => PlaceOf(image) != NotHeld;

    /// <summary>The place of an image among those that are held, or <see cref="NotHeld"/>.</summary>
    public int PlaceOf(int image) => Places is null ? image : Places[image];
}
