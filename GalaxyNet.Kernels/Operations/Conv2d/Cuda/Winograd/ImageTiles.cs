namespace GalaxyNet.Kernels;

/// <summary>
/// The tiles of some images, 4 x 4 pixels apart, image after image and row by row. A group of threads takes
/// neighbors of one channel, a thread each.
/// </summary>
/// <param name="pixels">The images, [images, channels, height, width].</param>
/// <param name="channels">Channels of an image.</param>
/// <param name="height">Rows of an image.</param>
/// <param name="width">Columns of an image.</param>
/// <param name="before">How far the first tile begins above and to the left of an image.</param>
/// <param name="across">Tiles side by side.</param>
/// <param name="ofImage">Tiles of an image.</param>
/// <param name="count">Tiles of all images.</param>
internal readonly struct ImageTiles(
    ArrayView<float> pixels, int channels, int height, int width, int before, int across, int ofImage, int count)
{
    /// <summary>Pixels from one tile to the next.</summary>
    public const int Step = 4;

    private readonly ArrayView<float> pixels = pixels;
    private readonly int channels = channels;
    private readonly int height = height;
    private readonly int width = width;
    private readonly int before = before;
    private readonly int across = across;
    private readonly int ofImage = ofImage;
    private readonly int count = count;

    /// <summary>Tiles of all images.</summary>
    public int Count => count;

    /// <summary>Tiles of an image.</summary>
    public int OfImage => ofImage;

    /// <summary>Rows of an image.</summary>
    public int Height => height;

    /// <summary>Columns of an image.</summary>
    public int Width => width;

    /// <summary>Where the images are.</summary>
    public ArrayView<float> Pixels => pixels;

    /// <summary>Groups that a channel's tiles take.</summary>
    public int GroupsOfChannel => Rounding.CeilingDivide(count, GroupSum.MaxGroupSize);

    /// <summary>Groups that all take.</summary>
    public int Groups => GroupsOfChannel * channels;

    /// <summary>The tiles of images, as many as it takes to cover <paramref name="covered"/>.</summary>
    /// <param name="pixels">The images.</param>
    /// <param name="images">How many.</param>
    /// <param name="size">Their extents.</param>
    /// <param name="covered">The extents of what the tiles, 4 x 4 each, cover.</param>
    /// <param name="before">How far the first tile begins above and to the left of an image.</param>
    public static ImageTiles Of(ArrayView<float> pixels, int images, ImageShape size, ImageShape covered, int before)
    {
        int across = Rounding.CeilingDivide(covered.Width, Step);
        int ofImage = CountOver(covered);
        return new(pixels, size.Channels, size.Height, size.Width, before, across, ofImage, images * ofImage);
    }

    /// <summary>How many cover an image.</summary>
    public static int CountOver(ImageShape covered) =>
        Rounding.CeilingDivide(covered.Height, Step) * Rounding.CeilingDivide(covered.Width, Step);

    /// <summary>The channel of a group.</summary>
    public int ChannelOf(int group) => group / GroupsOfChannel;

    /// <summary>Which of its channel's groups a group is.</summary>
    public int IndexInChannel(int group) => group - (ChannelOf(group) * GroupsOfChannel);

    /// <summary>The current thread's tile in a group; there may be no such tile.</summary>
    public int TileOf(int group) => (IndexInChannel(group) * GroupSum.MaxGroupSize) + Group.IdxX;

    /// <summary>The plane of a tile, and where in that it begins.</summary>
    public TilePlace PlaceOf(int channel, int tile)
    {
        int image = tile / ofImage;
        int rest = tile - (image * ofImage);
        int row = rest / across;
        return new TilePlace(
            ((image * channels) + channel) * height * width,
            (Step * row) - before,
            (Step * (rest - (row * across))) - before);
    }

    /// <summary>What a tile sees, so many pixels along each side, zeros outside the image.</summary>
    public Square Read(TilePlace place, int side) => new(
        ReadLine(place, 0, side),
        ReadLine(place, 1, side),
        ReadLine(place, 2, side),
        ReadLine(place, 3, side),
        side > 4 ? ReadLine(place, 4, side) : default,
        side > 4 ? ReadLine(place, 5, side) : default,
        side > 6 ? ReadLine(place, 6, side) : default,
        side > 6 ? ReadLine(place, 7, side) : default);

    private Eight ReadLine(TilePlace place, int line, int side)
    {
        int row = place.Row + line;
        bool exists = row >= 0 & row < height;
        int start = place.Plane + ((exists ? row : 0) * width);
        return new Eight(
            Pixel(start, place.Column, exists),
            Pixel(start, place.Column + 1, exists),
            Pixel(start, place.Column + 2, exists),
            Pixel(start, place.Column + 3, exists),
            side > 4 ? Pixel(start, place.Column + 4, exists) : 0f,
            side > 4 ? Pixel(start, place.Column + 5, exists) : 0f,
            side > 6 ? Pixel(start, place.Column + 6, exists) : 0f,
            side > 6 ? Pixel(start, place.Column + 7, exists) : 0f);
    }

    // It reads in any case, from where there is something: choosing a number takes no branch.
    private float Pixel(int start, int column, bool exists)
    {
        bool isInside = exists & column >= 0 & column < width;
        float pixel = pixels[start + (isInside ? column : 0)];
        return isInside ? pixel : 0f;
    }
}

/// <summary>Where a tile begins.</summary>
/// <param name="plane">The index of its plane's first pixel.</param>
/// <param name="row">The row in the plane.</param>
/// <param name="column">The column in the plane.</param>
internal readonly struct TilePlace(int plane, int row, int column)
{
    public readonly int Plane = plane;
    public readonly int Row = row;
    public readonly int Column = column;
}
