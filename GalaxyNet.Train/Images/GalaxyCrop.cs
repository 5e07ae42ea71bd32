namespace GalaxyNet.Train;

/// <summary>Finds the galaxy in an image and cuts it out: the notebook's two ways, step by step.</summary>
/// <remarks>
/// 1. Gray = 0.114 R + 0.587 G + 0.299 B. The notebook's slip: OpenCV reads images as BGR, and the notebook converts
///    them with the formula for RGB, so red and blue swap weights. Its crops and results depend on it: it is kept.
/// 2. Pixels with gray above a threshold are galaxy; the largest bounding box of all their contours is the region of
///    interest.
/// 3. A square from that box's corner, with or without padding, is scaled to the wanted size by area.
/// </remarks>
internal sealed class GalaxyCrop
{
    private const double CenterShare = 322.0 / 424; // 3.5 pixels of the challenge's images for one of attempt 5's
    private readonly byte threshold;

    private GalaxyCrop(string name, int channels, byte threshold, string inWords)
    {
        Name = name;
        Channels = channels;
        this.threshold = threshold;
        InWords = inWords;
    }

    /// <summary>Gray, threshold 25, the square without padding.</summary>
    public static GalaxyCrop Tight { get; } = new(
        "tight",
        channels: 1,
        threshold: 25,
        "gray = 0.114 red + 0.587 green + 0.299 blue; of the contours of what is above 25, the largest bounding box; "
        + "from its upper left corner a square as wide as its longer side, as far as the image goes");

    /// <summary>
    /// Color, threshold 10, padded by a fifth on each side: the whole galaxy stays in view when rotated.
    /// </summary>
    public static GalaxyCrop Wide { get; } = new(
        "wide",
        channels: 3,
        threshold: 10,
        "where gray = 0.114 red + 0.587 green + 0.299 blue, of the contours of what is above 10, the largest bounding "
        + "box; from its upper left corner a square as wide as its longer side, and a fifth of that more on each side; "
        + "the whole image where that does not fit into it");

    /// <summary>
    /// Color, the middle of the image, if anything there is above 10: galaxies keep the scale that the challenge's
    /// images have.
    /// </summary>
    public static GalaxyCrop Center { get; } = new(
        "center",
        channels: 3,
        threshold: 10,
        "the square in the middle of the image, 322/424 as wide as its shorter side");

    /// <summary><c>tight</c>, <c>wide</c> or <c>center</c>.</summary>
    public string Name { get; }

    /// <summary>What is cut out of an image, for those who have to do it themselves.</summary>
    public string InWords { get; }

    /// <summary>The channels of the crops: 1 (gray) or 3 (RGB).</summary>
    public int Channels { get; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GalaxyCrop> All { get; } = [Tight, Wide, Center];

    /// <summary>A crop by its name.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public static GalaxyCrop Named(string name) => All.Single(crop => crop.Name == name);

    /// <summary>Cuts the galaxy out of an image and scales it.</summary>
    /// <param name="image">An RGB image.</param>
    /// <param name="size">The width and height of the crop, in pixels.</param>
    /// <returns>Null if no pixel of the image, or of the middle that is cut out, is above the threshold.</returns>
    /// <exception cref="ArgumentException">The image is not RGB, or the size is under 1.</exception>
    public Image? Crop(Image image, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        using var gray = new GrayPixels(image);
        if (this == Center)
            return CropCenter(image, gray, size);
        if (RegionOfInterest(gray) is not { } region)
            return null;
        var square = Channels == 1 ? gray.Part(TightSquare(region, image)) : image.Part(WideSquare(region, image));
        return AreaResize.Resize(square, size, size);
    }

    /// <summary>The largest bounding box of the contours in an RGB image, before it is made square.</summary>
    /// <returns>Null if the image has no pixel above the threshold.</returns>
    /// <exception cref="ArgumentException">The image is not RGB.</exception>
    public Box? FindGalaxy(Image image)
    {
        using var gray = new GrayPixels(image);
        return RegionOfInterest(gray);
    }

    private Image? CropCenter(Image image, GrayPixels gray, int size)
    {
        var square = CenterSquare(image);
        var middle = gray.Part(square);
        for (int y = 0; y < middle.Height; y++)
        {
            if (middle.Row(y).ContainsAnyExceptInRange((byte)0, threshold))
                return AreaResize.Resize(image.Part(square), size, size);
        }
        return null;
    }

    private Box? RegionOfInterest(GrayPixels gray) =>
        Contours.LargestBox(gray.Width, gray.Height, gray.Pixels, threshold);

    private static Box TightSquare(Box region, Image image)
    {
        int side = Math.Max(region.Width, region.Height);
        return Clip(region.X, region.Y, side, image);
    }

    private static Box WideSquare(Box region, Image image)
    {
        int side = Math.Max(region.Width, region.Height);
        int padding = (int)(side * 0.2);
        // The notebook compares rows with the width and columns with the height; its images are square.
        bool fits = region.Y - padding >= 0
            && region.X - padding >= 0
            && region.Y + side + padding < image.Width
            && region.X + side + padding < image.Height;
        return fits
            ? Clip(region.X - padding, region.Y - padding, side + (2 * padding), image)
            : new Box(0, 0, image.Width, image.Height);
    }

    private static Box CenterSquare(Image image)
    {
        int side = Math.Max(1, (int)Math.Round(CenterShare * Math.Min(image.Width, image.Height)));
        return new Box((image.Width - side) / 2, (image.Height - side) / 2, side, side);
    }

    private static Box Clip(int x, int y, int side, Image image) =>
        new(x, y, Math.Min(side, image.Width - x), Math.Min(side, image.Height - y));
}
