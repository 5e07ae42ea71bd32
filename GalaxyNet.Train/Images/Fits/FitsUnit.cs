namespace GalaxyNet.Train;

/// <summary>A unit of a FITS file, a header and its data: the standard's "header and data unit".</summary>
internal sealed class FitsUnit
{
    private const string Image = "IMAGE";
    private const int Bands = 3;

    private readonly FitsHeader header;
    private readonly int bits;
    private readonly long[] axes;

    /// <summary>Reads the header that starts at a byte of a file, and finds where its data end.</summary>
    /// <exception cref="InvalidDataException">The header is damaged, or the file ends before the data do.</exception>
    public FitsUnit(ReadOnlySpan<byte> file, int start)
    {
        header = FitsHeader.Read(file, start);
        bits = (int)Math.Clamp(header.Integer("BITPIX") ?? 0, int.MinValue, int.MaxValue);
        if (bits is not (8 or 16 or 32 or 64 or -32 or -64))
            throw new InvalidDataException($"has BITPIX = {bits}, which FITS does not have: mend its header");
        axes = AxesOf(header);
        // A product of axes may be too large for a whole number; a file never is.
        double elements = axes.Length == 0 ? 0 : axes.Aggregate(1.0, (product, axis) => product * axis);
        double bytes = PixelBytes
            * (header.Integer("GCOUNT") ?? 1) * ((header.Integer("PCOUNT") ?? 0) + elements);
        if (bytes < 0)
            throw new InvalidDataException(ImageHeader.Damaged);
        if (header.End + bytes > file.Length)
            throw new InvalidDataException(ImageHeader.Truncated);
        End = (int)Math.Min(file.Length, header.End + FitsHeader.Filled((long)bytes));
        IsImage = axes.Length >= 2 && elements > 0 && (start == 0 || header.Text("XTENSION") == Image);
    }

    /// <summary>The first byte of the file after the data's last block.</summary>
    public int End { get; }

    /// <summary>True if there are pixels, of two axes at least.</summary>
    public bool IsImage { get; }

    /// <summary>True for an image that is compressed by tiles, and therefore stored as a table.</summary>
    public bool IsCompressedImage => header.IsTrue("ZIMAGE");

    private int PixelBytes => Math.Abs(bits) / 8;

    /// <summary>Reads the pixels of an image.</summary>
    /// <exception cref="InvalidDataException">The image has neither one plane nor three.</exception>
    public FitsImage ReadImage(ReadOnlySpan<byte> file)
    {
        var (width, height) = (axes[0], axes[1]);
        long planes = axes.Skip(2).Aggregate(1L, (product, axis) => product * axis);
        if (planes != 1 && !(planes == Bands && axes[2] == Bands))
            throw new InvalidDataException(
                $"has {string.Join(" x ", axes)} pixels; an image has one plane, or three in red, green and blue: "
                + "write those you want to a file of their own");
        if (ImageHeader.SizeProblem(width, height, long.MaxValue) is { } problem)
            throw new InvalidDataException(problem);
        var pixels = new FitsPixels(
            bits, header.Number("BSCALE", 1), header.Number("BZERO", 0), bits > 0 ? header.Integer("BLANK") : null);
        var read = new float[planes][];
        int planeBytes = (int)(width * height * PixelBytes);
        for (int plane = 0; plane < planes; plane++)
            read[plane] = pixels.ReadPlane(file.Slice(header.End + (plane * planeBytes), planeBytes), (int)width);
        return new FitsImage((int)width, (int)height, FitsBands.RedFirst(read, header.Text("BANDS")));
    }

    /// <summary>The lengths of the axes, the fastest first, without those of length 1 behind the second.</summary>
    private static long[] AxesOf(FitsHeader header)
    {
        long count = header.Integer("NAXIS") ?? throw new InvalidDataException(ImageHeader.Damaged);
        if (count is < 0 or > 999)
            throw new InvalidDataException(ImageHeader.Damaged);
        var lengths = new List<long>();
        for (int i = 1; i <= count; i++)
        {
            long length = header.Integer($"NAXIS{i}") ?? throw new InvalidDataException(ImageHeader.Damaged);
            if (length < 0)
                throw new InvalidDataException(ImageHeader.Damaged);
            if (i <= 2 || length != 1)
                lengths.Add(length);
        }
        return [.. lengths];
    }
}
