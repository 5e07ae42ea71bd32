namespace GalaxyNet.Kernels;

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

    /// <summary>The taps of a window of the output's gradient, which runs backwards: output channel, row, column.</summary>
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

    /// <summary>The places of the windows in one image of the input, row by row.</summary>
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
