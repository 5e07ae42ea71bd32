namespace GalaxyNet.Kernels;

/// <summary>The tables that the CUDA schedule of <see cref="Conv2d"/> finds pixels by, made once on the host.</summary>
/// <remarks>
/// They end with taps and windows that are none, for the lines of a tile and the depths of two slices past the last.
/// </remarks>
internal static class WindowTables
{
    private const int MostLines = 128; // of a tile

    /// <summary>
    /// How many pixels before the input's first its first window begins. The windows are counted from there, so that
    /// no offset is negative.
    /// </summary>
    public static int InputMargin(Conv2dGeometry geometry) => geometry.Padding * (geometry.InWidth + 1);

    /// <summary>
    /// How many pixels before the one that a window of the output's gradient begins with it ends. The taps are counted
    /// from there.
    /// </summary>
    public static int OutputMargin(Conv2dGeometry geometry) =>
        ((geometry.KernelHeight - 1) / geometry.Stride * geometry.OutWidth)
        + ((geometry.KernelWidth - 1) / geometry.Stride);

    /// <summary>The taps of a window of the input: channel, row, column.</summary>
    public static WindowTap[] InputTaps(Conv2dGeometry geometry) => Taps(
        geometry.InChannels,
        geometry,
        (channel, row, column) => (((channel * geometry.InHeight) + row) * geometry.InWidth) + column);

    /// <summary>
    /// The taps of a window of the output's gradient, which go backwards: output channel, row, column. A tap reads
    /// pixels that lie as many strides back as the stride goes into it.
    /// </summary>
    public static WindowTap[] OutputTaps(Conv2dGeometry geometry) => Taps(
        geometry.OutChannels,
        geometry,
        (channel, row, column) => OutputMargin(geometry)
            + (((channel * geometry.OutHeight) - (row / geometry.Stride)) * geometry.OutWidth)
            - (column / geometry.Stride));

    /// <summary>The windows of one image of the input, row by row, filled up to whole slices.</summary>
    public static WindowTap[] Windows(Conv2dGeometry geometry)
    {
        int count = geometry.OutHeight * geometry.OutWidth;
        return
        [
            .. from window in Enumerable.Range(0, count)
               select Window(geometry, window / geometry.OutWidth, window % geometry.OutWidth),
            .. Enumerable.Repeat(
                WindowTap.OfNoWindow, Rounding.RoundUp(count, CudaTile.Depth) + CudaTile.Depth - count),
        ];
    }

    private static WindowTap Window(Conv2dGeometry geometry, int windowRow, int windowColumn)
    {
        int row = (windowRow * geometry.Stride) - geometry.Padding;
        int column = (windowColumn * geometry.Stride) - geometry.Padding;
        return new WindowTap(
            InputMargin(geometry) + (row * geometry.InWidth) + column,
            WindowTap.Missing(row, 1, geometry.KernelHeight, 1, geometry.InHeight),
            WindowTap.Missing(column, 1, geometry.KernelWidth, 1, geometry.InWidth));
    }

    private static WindowTap[] Taps(int channels, Conv2dGeometry geometry, Func<int, int, int, int> offset) =>
    [
        .. from channel in Enumerable.Range(0, channels)
           from row in Enumerable.Range(0, geometry.KernelHeight)
           from column in Enumerable.Range(0, geometry.KernelWidth)
           select new WindowTap(offset(channel, row, column), 1u << row, 1u << column),
        WindowTap.OfOnes,
        .. Enumerable.Repeat(WindowTap.OfNoTap, MostLines + (2 * CudaTile.Depth)),
    ];
}
