namespace GalaxyNet.Kernels;

/// <summary>
/// A step in an image: what a tap of a filter adds to the position of a window, or a window to that of a tap.
/// </summary>
/// <remarks>
/// Made once on the host, so that a thread finds the next element by additions, where its index would take divisions.
/// A table ends with steps out of the image, so that no thread has to ask whether it is at the end.
/// </remarks>
/// <param name="offset">
/// What it adds to the index of an element: planes, and rows and columns unless there are zeros between pixels.
/// </param>
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

    /// <summary>A step out of every image, which fills a table up to whole slices.</summary>
    public static Tap Outside => new(0, int.MinValue / 2, 0, NoWeight);
}

/// <summary>The tables of steps that the GPU schedule of <see cref="Conv2d"/> walks by.</summary>
internal static class Conv2dTaps
{
    /// <summary>The taps of a window of the input, in the order of a filter's weights: channel, row, column.</summary>
    public static Tap[] OfInput(Conv2dGeometry geometry) => Make(
        geometry.InChannels,
        geometry.KernelHeight,
        geometry.KernelWidth,
        (channel, row, column) => new Tap(
            (((channel * geometry.InHeight) + row) * geometry.InWidth) + column, row, column, 0));

    /// <summary>
    /// The taps of a window of the output's gradient, which runs backwards: output channel, row, column.
    /// </summary>
    public static Tap[] OfOutput(Conv2dGeometry geometry) => Make(
        geometry.OutChannels,
        geometry.KernelHeight,
        geometry.KernelWidth,
        (channel, row, column) => new Tap(
            (channel * geometry.OutHeight * geometry.OutWidth)
                - (geometry.Stride == 1 ? (row * geometry.OutWidth) + column : 0),
            -row,
            -column,
            (channel * geometry.WindowSize) + (row * geometry.KernelWidth) + column));

    /// <summary>The origins of the windows in one image of the input, row by row.</summary>
    public static Tap[] Windows(Conv2dGeometry geometry) => Make(
        1,
        geometry.OutHeight,
        geometry.OutWidth,
        (_, windowRow, windowColumn) =>
        {
            int row = (windowRow * geometry.Stride) - geometry.Padding;
            int column = (windowColumn * geometry.Stride) - geometry.Padding;
            return new Tap((row * geometry.InWidth) + column, row, column, 0);
        });

    private static Tap[] Make(int channels, int rows, int columns, Func<int, int, int, Tap> tap) =>
    [
        .. from channel in Enumerable.Range(0, channels)
           from row in Enumerable.Range(0, rows)
           from column in Enumerable.Range(0, columns)
           select tap(channel, row, column),
        .. Enumerable.Repeat(Tap.Outside, 2 * TileProduct.Depth),
    ];
}
