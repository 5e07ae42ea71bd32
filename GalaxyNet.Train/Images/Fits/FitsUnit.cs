namespace GalaxyNet.Train;

/// <summary>A unit of a FITS file, a header and its data: the standard's "header and data unit".</summary>
internal sealed class FitsUnit
{
    private const string Image = "IMAGE";
    private const int Bands = 3;

    private readonly FitsHeader header;
    private readonly int bits;
    private readonly long[] axes;
    private readonly string extension;

    /// <summary>Reads the header that starts at a byte of a file, and finds where its data end.</summary>
    /// <exception cref="InvalidDataException">The header is damaged, or the file ends before the data do.</exception>
    public FitsUnit(ReadOnlySpan<byte> file, int start)
    {
        header = FitsHeader.Read(file, start);
        bits = (int)Math.Clamp(Required("BITPIX"), int.MinValue, int.MaxValue);
        if (bits is not (8 or 16 or 32 or 64 or -32 or -64))
            throw new InvalidDataException($"has BITPIX = {bits}, which FITS does not have: mend its header");
        axes = ReadAxes();
        // A product of axes may be too large for a whole number; a file never is.
        double elements = axes.Length == 0 ? 0 : axes.Aggregate(1.0, (product, axis) => product * axis);
        var (groups, others) = (header.Integer("GCOUNT") ?? 1, header.Integer("PCOUNT") ?? 0);
        if (groups < 0 || others < 0)
            throw new InvalidDataException($"has GCOUNT = {groups} and PCOUNT = {others}: mend its header");
        double bytes = PixelBytes * groups * (others + elements);
        if (header.End + bytes > file.Length)
            throw new InvalidDataException(ImageHeader.Truncated);
        End = (int)Math.Min(file.Length, header.End + FitsHeader.Filled((long)bytes));
        extension = start == 0 ? Image : header.Text("XTENSION") ?? "";
        IsImage = axes.Length >= 2 && elements > 0 && extension == Image;
    }

    /// <summary>The first byte of the file after the data's last block.</summary>
    public int End { get; }

    /// <summary>True if there are pixels, of two axes at least.</summary>
    public bool IsImage { get; }

    /// <summary>True for an image that is compressed by tiles, and therefore stored as a table.</summary>
    public bool IsCompressedImage => header.IsTrue("ZIMAGE");

    /// <summary>What there is where there is no image.</summary>
    public string Contents => axes.Length switch
    {
        _ when extension != Image => $"a table ({extension})",
        0 => "a header without data (NAXIS = 0)",
        1 => $"a row of {axes[0]:N0} numbers, as a spectrum is (NAXIS = 1)",
        _ => $"an image of {string.Join(" x ", axes)} pixels",
    };

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
        var read = new double[planes][];
        int planeBytes = (int)(width * height * PixelBytes);
        for (int plane = 0; plane < planes; plane++)
            read[plane] = pixels.ReadPlane(file.Slice(header.End + (plane * planeBytes), planeBytes), (int)width);
        return new FitsImage((int)width, (int)height, FitsBands.RedFirst(read, header.Text("BANDS")));
    }

    /// <summary>The lengths of the axes, the fastest first, without those of length 1 behind the second.</summary>
    private long[] ReadAxes()
    {
        long count = Required("NAXIS");
        if (count is < 0 or > 999)
            throw new InvalidDataException($"has NAXIS = {count}, which FITS does not have: mend its header");
        var lengths = new List<long>();
        for (int i = 1; i <= count; i++)
        {
            long length = Required($"NAXIS{i}");
            if (length < 0)
                throw new InvalidDataException($"has NAXIS{i} = {length}; no axis is shorter than 0: mend its header");
            if (i <= 2 || length != 1)
                lengths.Add(length);
        }
        return [.. lengths];
    }

    private long Required(string keyword) => header.Integer(keyword)
        ?? throw new InvalidDataException($"has no {keyword}, which FITS requires: mend its header");
}
