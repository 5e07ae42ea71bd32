using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>A step inside a picture: what a tap of a filter adds to the place of a window, or a window to that of a tap.</summary>
/// <remarks>
/// Made once on the host, so that a thread finds the next element by additions, where its index would take divisions.
/// </remarks>
/// <param name="offset">What it adds to the index of the picture's first element: whole planes.</param>
/// <param name="row">Rows.</param>
/// <param name="column">Columns.</param>
/// <param name="weight">The index of the tap's weight, less what the other channel adds to it.</param>
internal readonly struct Tap(int offset, int row, int column, int weight)
{
    public readonly int Offset = offset;
    public readonly int Row = row;
    public readonly int Column = column;
    public readonly int Weight = weight;
}

/// <summary>Pictures that are read at a tap of a window, and are zero outside their extents.</summary>
/// <param name="data">The pictures [batch, channels, height, width].</param>
/// <param name="height">Rows of a picture.</param>
/// <param name="width">Columns of a picture.</param>
/// <param name="spread">
/// The distance at which the picture's pixels lie, with zeros between them: 1, or the stride where the picture is the gradient of
/// a strided convolution's output.
/// </param>
internal readonly struct Pictures(ArrayView<float> data, int height, int width, int spread)
{
    private readonly ArrayView<float> data = data;
    private readonly int height = height;
    private readonly int width = width;
    private readonly int spread = spread;

    public float At(int offset, int row, int column)
    {
        if (spread > 1)
        {
            if (row % spread != 0 | column % spread != 0)
                return 0f;
            row /= spread;
            column /= spread;
        }
        return (uint)row < (uint)height & (uint)column < (uint)width
            ? data[offset + (row * width) + column]
            : 0f;
    }
}

/// <summary>The windows of pictures: a line for each window, a depth for each tap.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="pictureSize">Elements of a picture, all channels.</param>
/// <param name="taps">The taps of a window, channel by channel.</param>
/// <param name="windowsDown">Windows in a column of a picture.</param>
/// <param name="windowsAcross">Windows in a row of a picture.</param>
/// <param name="lines">The windows of all pictures.</param>
/// <param name="stride">The distance between neighbouring windows.</param>
/// <param name="origin">The row and column of the first window's first tap.</param>
internal readonly struct Windows(
    Pictures pictures,
    int pictureSize,
    ArrayView<Tap> taps,
    int windowsDown,
    int windowsAcross,
    int lines,
    int stride,
    int origin) : IOperand
{
    private readonly Pictures pictures = pictures;
    private readonly int pictureSize = pictureSize;
    private readonly ArrayView<Tap> taps = taps;
    private readonly int windowsDown = windowsDown;
    private readonly int windowsAcross = windowsAcross;
    private readonly int lines = lines;
    private readonly int stride = stride;
    private readonly int origin = origin;

    public static FourElements FourElements => FourElements.OfSpreadDepths;

    public Line LineAt(int line)
    {
        if (line >= lines)
            return Line.Outside;
        int row = line / windowsAcross;
        int picture = row / windowsDown;
        return new Line(
            picture * pictureSize,
            ((row - (picture * windowsDown)) * stride) + origin,
            ((line - (row * windowsAcross)) * stride) + origin);
    }

    public Float4 Load(Line line, int depth, int step) => new(
        Element(line, depth), Element(line, depth + step), Element(line, depth + (2 * step)), Element(line, depth + (3 * step)));

    private float Element(Line line, int depth)
    {
        if (depth >= taps.IntLength)
            return 0f;
        var tap = taps[depth];
        return pictures.At(line.Offset + tap.Offset, line.Row + tap.Row, line.Column + tap.Column);
    }
}

/// <summary>The windows of pictures the other way: a line for each tap, a depth for each window.</summary>
/// <remarks>
/// Each picture's windows are filled up to whole slices with windows outside it, so that a slice lies in one picture.
/// </remarks>
/// <param name="pictures">The pictures.</param>
/// <param name="pictureSize">Elements of a picture, all channels.</param>
/// <param name="taps">The taps of a window, channel by channel.</param>
/// <param name="windows">The places of one picture's windows.</param>
/// <param name="paddedWindows">How many depths a picture takes.</param>
/// <param name="batch">The number of pictures.</param>
internal readonly struct WindowsByTap(
    Pictures pictures,
    int pictureSize,
    ArrayView<Tap> taps,
    ArrayView<Tap> windows,
    int paddedWindows,
    int batch) : IOperand
{
    private readonly Pictures pictures = pictures;
    private readonly int pictureSize = pictureSize;
    private readonly ArrayView<Tap> taps = taps;
    private readonly ArrayView<Tap> windows = windows;
    private readonly int paddedWindows = paddedWindows;
    private readonly int batch = batch;

    public static FourElements FourElements => FourElements.OfSpreadDepths;

    public Line LineAt(int line)
    {
        if (line >= taps.IntLength)
            return Line.Outside;
        var tap = taps[line];
        return new Line(tap.Offset, tap.Row, tap.Column);
    }

    public Float4 Load(Line line, int depth, int step)
    {
        int picture = depth / paddedWindows;
        int window = depth - (picture * paddedWindows);
        if (picture >= batch)
            return default;
        int offset = line.Offset + (picture * pictureSize);
        return new Float4(
            Element(line, offset, window),
            Element(line, offset, window + step),
            Element(line, offset, window + (2 * step)),
            Element(line, offset, window + (3 * step)));
    }

    private float Element(Line line, int offset, int window)
    {
        if (window >= windows.IntLength)
            return 0f;
        var place = windows[window];
        return pictures.At(offset, line.Row + place.Row, line.Column + place.Column);
    }
}

/// <summary>The filters by input channel: a line for each input channel, a depth for each tap of each output channel.</summary>
/// <param name="weight">The filters [outChannels, inChannels, kernelHeight, kernelWidth].</param>
/// <param name="taps">The taps of all output channels.</param>
/// <param name="inChannels">Channels of the input.</param>
/// <param name="filterSize">Weights between one input channel and one output channel.</param>
internal readonly struct FiltersByInput(ArrayView<float> weight, ArrayView<Tap> taps, int inChannels, int filterSize) : IOperand
{
    private readonly ArrayView<float> weight = weight;
    private readonly ArrayView<Tap> taps = taps;
    private readonly int inChannels = inChannels;
    private readonly int filterSize = filterSize;

    public static FourElements FourElements => FourElements.OfNeighbouringDepths;

    public Line LineAt(int line) => line < inChannels ? new Line(line * filterSize, 0, 0) : Line.Outside;

    public Float4 Load(Line line, int depth, int step) => line.IsOutside
        ? default
        : new Float4(Element(line, depth), Element(line, depth + 1), Element(line, depth + 2), Element(line, depth + 3));

    private float Element(Line line, int depth) =>
        depth < taps.IntLength ? weight[line.Offset + taps[depth].Weight] : 0f;
}

/// <summary>The gradient of the output by channel: a line for each channel, a depth for each pixel of each picture.</summary>
/// <param name="gradient">The gradient [batch, channels, pixels].</param>
/// <param name="channels">Channels of the output.</param>
/// <param name="pixels">Pixels of a channel.</param>
/// <param name="paddedPixels">How many depths a picture takes; those past its pixels are zeros.</param>
/// <param name="batch">The number of pictures.</param>
internal readonly struct PixelsByChannel(
    ArrayView<float> gradient, int channels, int pixels, int paddedPixels, int batch) : IOperand
{
    private readonly ArrayView<float> gradient = gradient;
    private readonly int channels = channels;
    private readonly int pixels = pixels;
    private readonly int paddedPixels = paddedPixels;
    private readonly int batch = batch;
    private readonly int wide = Alignment.AllowsFloat4(gradient, pixels);

    public static FourElements FourElements => FourElements.OfNeighbouringDepths;

    public Line LineAt(int line) => line < channels ? new Line(line * pixels, 0, 0) : Line.Outside;

    public Float4 Load(Line line, int depth, int step)
    {
        int picture = depth / paddedPixels;
        int pixel = depth - (picture * paddedPixels);
        if (line.IsOutside | picture >= batch | pixel >= pixels)
            return default;
        int i = (picture * channels * pixels) + line.Offset + pixel;
        if (wide != 0)
            return gradient.Cast<Float4>()[i / 4];
        return new Float4(
            gradient[i],
            pixel + 1 < pixels ? gradient[i + 1] : 0f,
            pixel + 2 < pixels ? gradient[i + 2] : 0f,
            pixel + 3 < pixels ? gradient[i + 3] : 0f);
    }
}
