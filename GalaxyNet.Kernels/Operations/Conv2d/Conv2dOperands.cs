using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>A step in a picture: what a tap of a filter adds to the place of a window, or a window to that of a tap.</summary>
/// <remarks>
/// Made once on the host, so that a thread finds the next element by additions, where its index would take divisions.
/// A table ends with steps out of the picture, so that no thread has to ask whether it is at the end.
/// </remarks>
/// <param name="offset">What it adds to the index of the picture's first element: whole planes.</param>
/// <param name="row">Rows.</param>
/// <param name="column">Columns.</param>
/// <param name="weight">The index of the tap's weight, less what the other channel adds to it.</param>
internal readonly struct Tap(int offset, int row, int column, int weight)
{
    /// <summary>The weight of a tap that is none.</summary>
    public const int NoWeight = -1;

    public readonly int Offset = offset;
    public readonly int Row = row;
    public readonly int Column = column;
    public readonly int Weight = weight;

    /// <summary>A step out of every picture, which fills a table up to whole slices.</summary>
    public static Tap Outside => new(0, int.MinValue / 2, 0, NoWeight);
}

/// <summary>Pictures that are zero outside their extents.</summary>
internal interface IPictures
{
    /// <summary>The element at a row and a column of the plane that starts at an offset.</summary>
    float At(int plane, int row, int column);
}

/// <summary>Pictures as they are.</summary>
/// <param name="data">The pictures [batch, channels, height, width].</param>
/// <param name="height">Rows of a picture.</param>
/// <param name="width">Columns of a picture.</param>
internal readonly struct Pictures(ArrayView<float> data, int height, int width) : IPictures
{
    private readonly ArrayView<float> data = data;
    private readonly int height = height;
    private readonly int width = width;

    public float At(int plane, int row, int column) =>
        (uint)row < (uint)height & (uint)column < (uint)width ? data[plane + (row * width) + column] : 0f;
}

/// <summary>Pictures with zeros between their pixels: the gradient of a strided convolution's output.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="stride">The distance at which the pixels lie.</param>
internal readonly struct SpreadPictures(Pictures pictures, int stride) : IPictures
{
    private readonly Pictures pictures = pictures;
    private readonly int stride = stride;

    public float At(int plane, int row, int column) =>
        row % stride == 0 & column % stride == 0 ? pictures.At(plane, row / stride, column / stride) : 0f;
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
internal readonly struct Windows<TPictures>(
    TPictures pictures,
    int pictureSize,
    ArrayView<Tap> taps,
    int windowsDown,
    int windowsAcross,
    int lines,
    int stride,
    int origin) : IOperand
    where TPictures : struct, IPictures
{
    private readonly TPictures pictures = pictures;
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

    public Float4 Load(Line line, int depth, int step)
    {
        // The taps first, so that their four loads are on their way together.
        var tap0 = taps[depth];
        var tap1 = taps[depth + step];
        var tap2 = taps[depth + (2 * step)];
        var tap3 = taps[depth + (3 * step)];
        return new Float4(At(line, tap0), At(line, tap1), At(line, tap2), At(line, tap3));
    }

    private float At(Line line, Tap tap) =>
        pictures.At(line.Offset + tap.Offset, line.Row + tap.Row, line.Column + tap.Column);
}

/// <summary>The windows of pictures the other way: a line for each tap, a depth for each window.</summary>
/// <remarks>
/// Each picture's windows are filled up to whole slices with windows outside it, so that a slice lies in one picture.
/// </remarks>
/// <param name="pictures">The pictures.</param>
/// <param name="pictureSize">Elements of a picture, all channels.</param>
/// <param name="taps">The taps of a window, channel by channel.</param>
/// <param name="lines">The number of taps.</param>
/// <param name="windows">The places of one picture's windows.</param>
/// <param name="paddedWindows">How many depths a picture takes.</param>
/// <param name="batch">The number of pictures.</param>
internal readonly struct WindowsByTap(
    Pictures pictures,
    int pictureSize,
    ArrayView<Tap> taps,
    int lines,
    ArrayView<Tap> windows,
    int paddedWindows,
    int batch) : IOperand
{
    private readonly Pictures pictures = pictures;
    private readonly int pictureSize = pictureSize;
    private readonly ArrayView<Tap> taps = taps;
    private readonly int lines = lines;
    private readonly ArrayView<Tap> windows = windows;
    private readonly int paddedWindows = paddedWindows;
    private readonly int batch = batch;

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
        int picture = depth / paddedWindows;
        int window = depth - (picture * paddedWindows);
        int plane = line.Offset + (picture * pictureSize);
        if (picture >= batch)
            return default;
        var place0 = windows[window];
        var place1 = windows[window + step];
        var place2 = windows[window + (2 * step)];
        var place3 = windows[window + (3 * step)];
        return new Float4(
            At(plane, line, place0), At(plane, line, place1), At(plane, line, place2), At(plane, line, place3));
    }

    private float At(int plane, Line line, Tap place) =>
        pictures.At(plane, line.Row + place.Row, line.Column + place.Column);
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
        : new Float4(At(line, depth), At(line, depth + 1), At(line, depth + 2), At(line, depth + 3));

    private float At(Line line, int depth)
    {
        int tap = taps[depth].Weight;
        return tap == Tap.NoWeight ? 0f : weight[line.Offset + tap];
    }
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
