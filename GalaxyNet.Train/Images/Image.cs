namespace GalaxyNet.Train;

/// <summary>
/// An image in memory: 8 bits a channel, RGB or gray, row by row with the channels of a pixel side by side.
/// </summary>
internal sealed class Image
{
    /// <summary>Wraps pixels; they are not copied.</summary>
    /// <exception cref="ArgumentException">The extents are not positive or not those of the bytes.</exception>
    public Image(int width, int height, int channels, byte[] pixels)
    {
        if (width < 1 || height < 1 || channels is not (1 or 3) || (long)width * height * channels != pixels.Length)
            throw new ArgumentException($"{pixels.Length} bytes are no {width}x{height}x{channels} image.");
        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>Makes a black image.</summary>
    public Image(int width, int height, int channels)
        : this(width, height, channels, new byte[width * height * channels])
    {
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>3 for red, green, blue; 1 for gray.</summary>
    public int Channels { get; }

    /// <summary>The bytes: [height, width, channels].</summary>
    public byte[] Pixels { get; }

    /// <summary>The bytes of one row: [width, channels].</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>All of the image.</summary>
    public ImagePart Whole => Part(new Box(0, 0, Width, Height));

    /// <summary>A rectangle of the image, not copied.</summary>
    /// <exception cref="ArgumentException">The box is not inside the image.</exception>
    public ImagePart Part(Box box) => new(Pixels, Width, Channels, box);

    /// <summary>Makes an image of bytes with the channels one after the other: [channels, height, width].</summary>
    /// <exception cref="ArgumentException">The extents are not those of the bytes.</exception>
    public static Image FromPlanar(int width, int height, int channels, ReadOnlySpan<byte> planes)
    {
        var image = new Image(width, height, channels, new byte[planes.Length]);
        int plane = width * height;
        for (int i = 0; i < planes.Length; i++)
            image.Pixels[(i % plane * channels) + (i / plane)] = planes[i];
        return image;
    }

    /// <summary>
    /// Writes the bytes with the channels one after the other, as networks take them: [channels, height, width].
    /// </summary>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public void CopyPlanar(Span<byte> target)
    {
        if (target.Length != Pixels.Length)
            throw new ArgumentException($"{target.Length} bytes for an image of {Pixels.Length}.", nameof(target));
        int plane = Width * Height;
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int i = 0; i < plane; i++)
                target[(channel * plane) + i] = Pixels[(i * Channels) + channel];
        }
    }
}

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The first row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct Box(int X, int Y, int Width, int Height)
{
    /// <summary>The column after the last.</summary>
    public int Right => X + Width;

    /// <summary>The row after the last.</summary>
    public int Bottom => Y + Height;

    /// <summary>Pixels inside.</summary>
    public int Area => Width * Height;
}
