namespace GalaxyNet.Kernels;

/// <summary>Images that are zero outside their extents.</summary>
internal interface IImages
{
    /// <summary>What a row and a column add to the offset of an element.</summary>
    int OffsetOf(int row, int column);

    /// <summary>The element at an offset, which is that of a row and a column of some plane.</summary>
    float At(int offset, int row, int column);
}

/// <summary>Images as they are.</summary>
/// <param name="data">The images [batch, channels, height, width].</param>
/// <param name="height">Rows of an image.</param>
/// <param name="width">Columns of an image.</param>
internal readonly struct Images(ArrayView<float> data, int height, int width) : IImages
{
    public int OffsetOf(int row, int column) => (row * width) + column;

    public float At(int offset, int row, int column) =>
        (uint)row < (uint)height & (uint)column < (uint)width ? data[offset] : 0f;
}

/// <summary>
/// Images with zeros between their pixels: the gradient of a strided convolution's output. An offset is a plane's.
/// </summary>
/// <param name="images">The images.</param>
/// <param name="stride">The distance at which the pixels lie.</param>
internal readonly struct SpreadImages(Images images, int stride) : IImages
{
    public int OffsetOf(int row, int column) => 0;

    public float At(int offset, int row, int column)
    {
        int pixelRow = row / stride;
        int pixelColumn = column / stride;
        return row == pixelRow * stride & column == pixelColumn * stride
            ? images.At(offset + images.OffsetOf(pixelRow, pixelColumn), pixelRow, pixelColumn)
            : 0f;
    }
}

/// <summary>The windows of images: a line for each window, a depth for each tap.</summary>
/// <param name="images">The images.</param>
/// <param name="imageSize">Elements of an image, all channels.</param>
/// <param name="taps">The taps of a window, channel by channel.</param>
/// <param name="windowsDown">Windows in a column of an image.</param>
/// <param name="windowsAcross">Windows in a row of an image.</param>
/// <param name="lines">The windows of all images.</param>
/// <param name="stride">The distance between neighboring windows.</param>
/// <param name="origin">The row and column of the first window's first tap.</param>
internal readonly struct Windows<TImages>(
    TImages images,
    int imageSize,
    ArrayView<Tap> taps,
    int windowsDown,
    int windowsAcross,
    int lines,
    int stride,
    int origin) : IOperand
    where TImages : struct, IImages
{
    public static FourElements FourElements => FourElements.OfSpreadDepths;

    public Line LineAt(int line)
    {
        if (line >= lines)
            return Line.Outside;
        int windowRow = line / windowsAcross;
        int image = windowRow / windowsDown;
        int row = ((windowRow - (image * windowsDown)) * stride) + origin;
        int column = ((line - (windowRow * windowsAcross)) * stride) + origin;
        return new Line((image * imageSize) + images.OffsetOf(row, column), row, column);
    }

    public Float4 Load(Line line, int depth, int step)
    {
        // The taps first, so that their four loads are on their way together.
        var here = taps.SubView(depth);
        var tap0 = here[0];
        var tap1 = here[step];
        var tap2 = here[2 * step];
        var tap3 = here[3 * step];
        return new Float4(At(line, tap0), At(line, tap1), At(line, tap2), At(line, tap3));
    }

    private float At(Line line, Tap tap) =>
        images.At(line.Offset + tap.Offset, line.Row + tap.Row, line.Column + tap.Column);
}

/// <summary>The windows of images the other way: a line for each tap, a depth for each window.</summary>
/// <remarks>
/// Each image's windows are filled up to whole slices with windows outside it, so that a slice lies in one image.
/// </remarks>
/// <param name="images">The images.</param>
/// <param name="imageSize">Elements of an image, all channels.</param>
/// <param name="taps">The taps of a window, channel by channel.</param>
/// <param name="lines">The number of taps.</param>
/// <param name="windows">The origins of one image's windows.</param>
/// <param name="paddedWindows">How many depths an image takes.</param>
/// <param name="batch">The number of images.</param>
internal readonly struct WindowsByTap(
    Images images,
    int imageSize,
    ArrayView<Tap> taps,
    int lines,
    ArrayView<Tap> windows,
    int paddedWindows,
    int batch) : IOperand
{
    private readonly int paddedWindows = paddedWindows;
    private readonly Divisor ofImage = new(paddedWindows);

    public static FourElements FourElements => FourElements.OfSpreadDepths;

    public Line LineAt(int line)
    {
        if (line >= lines)
            return Line.Outside;
        var tap = taps[line];
        return new Line(tap.Offset, tap.Row, tap.Column);
    }

    public Float4 Load(Line line, int depth, int step)
    {
        int image = ofImage.Quotient(depth);
        int window = depth - (image * paddedWindows);
        int offset = line.Offset + (image * imageSize);
        if (image >= batch)
            return default;
        var here = windows.SubView(window);
        var origin0 = here[0];
        var origin1 = here[step];
        var origin2 = here[2 * step];
        var origin3 = here[3 * step];
        return new Float4(
            At(offset, line, origin0), At(offset, line, origin1), At(offset, line, origin2), At(offset, line, origin3));
    }

    private float At(int offset, Line line, Tap origin) =>
        images.At(offset + origin.Offset, line.Row + origin.Row, line.Column + origin.Column);
}

/// <summary>
/// The filters by input channel: a line for each input channel, a depth for each tap of each output channel.
/// </summary>
/// <param name="weight">The filters [outChannels, inChannels, kernelHeight, kernelWidth].</param>
/// <param name="taps">The taps of all output channels.</param>
/// <param name="inChannels">Channels of the input.</param>
/// <param name="filterSize">Weights between one input channel and one output channel.</param>
internal readonly struct FiltersByInput(
    ArrayView<float> weight, ArrayView<Tap> taps, int inChannels, int filterSize) : IOperand
{
    public static FourElements FourElements => FourElements.OfNeighboringDepths;

    public Line LineAt(int line) => line < inChannels ? new Line(line * filterSize, 0, 0) : Line.Outside;

    public Float4 Load(Line line, int depth, int step)
    {
        if (line.IsOutside)
            return default;
        var here = taps.SubView(depth);
        return new Float4(At(line, here[0]), At(line, here[1]), At(line, here[2]), At(line, here[3]));
    }

    private float At(Line line, Tap tap) => tap.Weight == Tap.NoWeight ? 0f : weight[line.Offset + tap.Weight];
}

/// <summary>
/// The gradient of the output by channel: a line for each channel, a depth for each pixel of each image.
/// </summary>
/// <param name="gradient">The gradient [batch, channels, pixels].</param>
/// <param name="channels">Channels of the output.</param>
/// <param name="pixels">Pixels of a channel.</param>
/// <param name="paddedPixels">How many depths an image takes; those past its pixels are zeros.</param>
/// <param name="batch">The number of images.</param>
internal readonly struct PixelsByChannel(
    ArrayView<float> gradient, int channels, int pixels, int paddedPixels, int batch) : IOperand
{
    private readonly int paddedPixels = paddedPixels;
    private readonly int wide = Float4.Fits(gradient, pixels);
    private readonly Divisor ofImage = new(paddedPixels);

    public static FourElements FourElements => FourElements.OfNeighboringDepths;

    public Line LineAt(int line) => line < channels ? new Line(line * pixels, 0, 0) : Line.Outside;

    public Float4 Load(Line line, int depth, int step)
    {
        int image = ofImage.Quotient(depth);
        int pixel = depth - (image * paddedPixels);
        if (line.IsOutside | image >= batch | pixel >= pixels)
            return default;
        int i = (image * channels * pixels) + line.Offset + pixel;
        if (wide != 0)
            return gradient.Cast<Float4>()[i / 4];
        var here = gradient.SubView(i);
        return new Float4(
            here[0],
            pixel + 1 < pixels ? here[1] : 0f,
            pixel + 2 < pixels ? here[2] : 0f,
            pixel + 3 < pixels ? here[3] : 0f);
    }
}
