namespace GalaxyNet.Kernels;

/// <summary>The tables of steps that the GPU schedule of <see cref="Conv2d"/> walks by.</summary>
internal static class Conv2dTaps
{
    /// <summary>The taps of a window of the input, in the order of a filter's weights: channel, row, column.</summary>
    public static Tap[] OfInput(Conv2dGeometry geometry) => Make(
        geometry.InChannels,
        geometry.KernelHeight,
        geometry.KernelWidth,
        (channel, row, column) => new Tap(channel * geometry.InHeight * geometry.InWidth, row, column, 0));

    /// <summary>The taps of a window of the output's gradient, which runs backwards: output channel, row, column.</summary>
    public static Tap[] OfOutput(Conv2dGeometry geometry) => Make(
        geometry.OutChannels,
        geometry.KernelHeight,
        geometry.KernelWidth,
        (channel, row, column) => new Tap(
            channel * geometry.OutHeight * geometry.OutWidth,
            -row,
            -column,
            (channel * geometry.WindowSize) + (row * geometry.KernelWidth) + column));

    /// <summary>The places of the windows in one picture of the input, row by row.</summary>
    public static Tap[] Windows(Conv2dGeometry geometry) => Make(
        1,
        geometry.OutHeight,
        geometry.OutWidth,
        (_, row, column) => new Tap(
            0, (row * geometry.Stride) - geometry.Padding, (column * geometry.Stride) - geometry.Padding, 0));

    private static Tap[] Make(int channels, int rows, int columns, Func<int, int, int, Tap> tap) =>
    [
        .. from channel in Enumerable.Range(0, channels)
           from row in Enumerable.Range(0, rows)
           from column in Enumerable.Range(0, columns)
           select tap(channel, row, column),
        .. Enumerable.Repeat(Tap.Outside, 2 * TileProduct.Depth),
    ];
}
