namespace GalaxyNet.Train;

/// <summary>Looks whether an image is like those of the challenge, in the gray that galaxies are cut out by.</summary>
/// <remarks>
/// The limits are where hardly any of the challenge's own images are: of 2,747 of them 1.5 % get a warning.
/// Their sky is at 3 of 255 (13 in one of a hundred), and every one has a source in the middle.
/// </remarks>
internal static class ImageCheck
{
    private const int BrightestSky = 20;
    private const int AboveSky = 25; // of sources: the tight crop's threshold
    private const double AsBright = 0.5; // half of the brightest source's flux
    private const int MostAsBright = 2; // two galaxies that merge are nothing unusual
    private const double LeastRatio = 0.95; // of the shorter side to the longer
    private const int LeastSide = 64; // the input of attempt 4
    private const int Rim = 16; // the shorter side divided by it: where the sky is measured

    /// <summary>Looks at an image.</summary>
    /// <param name="file">The bytes of its file.</param>
    /// <param name="image">What is decoded of it, in RGB.</param>
    public static ImageWarnings Of(ReadOnlySpan<byte> file, Image image)
    {
        using var gray = new GrayPixels(image);
        int sky = MedianOfRim(gray);
        var warnings = OfSources(Sources.Find(gray, sky, sky + AboveSky));
        if (sky > BrightestSky)
            warnings |= ImageWarnings.BrightSky;
        if (PngCheck.Has16Bits(file))
            warnings |= ImageWarnings.SixteenBits;
        var (shorter, longer) = (Math.Min(image.Width, image.Height), Math.Max(image.Width, image.Height));
        if (shorter < LeastRatio * longer)
            warnings |= ImageWarnings.NotSquare;
        if (shorter < LeastSide)
            warnings |= ImageWarnings.Small;
        return warnings;
    }

    private static ImageWarnings OfSources(List<Source> sources)
    {
        double central = sources.Where(source => source.IsCentral).Select(source => source.Flux).DefaultIfEmpty().Max();
        if (central == 0)
            return ImageWarnings.NoSource;
        double limit = AsBright * sources.Max(source => source.Flux);
        return central < limit || sources.Count(source => source.Flux >= limit) > MostAsBright
            ? ImageWarnings.SeveralSources
            : ImageWarnings.None;
    }

    private static int MedianOfRim(GrayPixels gray)
    {
        int rim = Math.Max(1, Math.Min(gray.Width, gray.Height) / Rim);
        var counts = new int[byte.MaxValue + 1];
        for (int y = 0; y < gray.Height; y++)
        {
            var row = gray.Pixels.Slice(y * gray.Width, gray.Width);
            bool isAllRim = y < rim || y >= gray.Height - rim || gray.Width <= 2 * rim;
            Count(isAllRim ? row : row[..rim], counts);
            Count(isAllRim ? [] : row[^rim..], counts);
        }
        int all = counts.Sum();
        int level = 0;
        for (int below = counts[0]; below <= all / 2; below += counts[level])
            level++;
        return level;
    }

    private static void Count(ReadOnlySpan<byte> levels, int[] counts)
    {
        foreach (byte level in levels)
            counts[level]++;
    }
}
