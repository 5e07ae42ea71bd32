namespace GalaxyNet.Train;

/// <summary>A rectangle of an image, which is not copied.</summary>
internal readonly ref struct ImagePart
{
    private readonly ReadOnlySpan<byte> pixels;
    private readonly int stride;

    /// <summary>Takes a part of an image.</summary>
    /// <param name="pixels">The whole image: [height, width, channels].</param>
    /// <param name="width">The width of the whole image.</param>
    /// <param name="channels">The bytes of a pixel.</param>
    /// <param name="box">Which part.</param>
    /// <exception cref="ArgumentException">The box is not inside the image.</exception>
    public ImagePart(ReadOnlySpan<byte> pixels, int width, int channels, Box box)
    {
        stride = width * channels;
        if (box.X < 0 || box.Y < 0 || box.Right > width || box.Bottom > pixels.Length / stride)
            throw new ArgumentException($"{box} is not inside the image.", nameof(box));
        this.pixels = pixels[((box.Y * stride) + (box.X * channels))..];
        (Width, Height, Channels) = (box.Width, box.Height, channels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>3 for red, green, blue; 1 for gray.</summary>
    public int Channels { get; }

    /// <summary>The bytes of one row: [width, channels].</summary>
    public ReadOnlySpan<byte> Row(int y) => pixels.Slice(y * stride, Width * Channels);
}
