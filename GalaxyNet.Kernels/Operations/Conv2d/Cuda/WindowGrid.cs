namespace GalaxyNet.Kernels;

/// <summary>How the windows of an image lie.</summary>
/// <param name="down">Windows in a column.</param>
/// <param name="across">Windows in a row.</param>
/// <param name="step">The distance between neighboring windows.</param>
/// <param name="origin">The row and the column of the first window's first tap.</param>
/// <param name="direction">1, or -1 where taps go backwards.</param>
/// <param name="spread">The distance at which pixels lie, with zeros between them.</param>
/// <param name="tapsDown">Rows of a filter.</param>
/// <param name="tapsAcross">Columns of a filter.</param>
/// <param name="comesInSquares">1 if lines are windows two by two, as a pooling wants them, and not row by row.</param>
internal readonly struct WindowGrid(
    int down,
    int across,
    int step,
    int origin,
    int direction,
    int spread,
    int tapsDown,
    int tapsAcross,
    int comesInSquares)
{
    public readonly int Down = down;
    public readonly int Across = across;
    public readonly int Step = step;
    public readonly int Origin = origin;
    public readonly int Direction = direction;
    public readonly int Spread = spread;
    public readonly int TapsDown = tapsDown;
    public readonly int TapsAcross = tapsAcross;
    private readonly int comesInSquares = comesInSquares;

    /// <summary>The windows of the input, whose products with the filters are the output.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="inSquares">In squares of two by two, without the last of an odd row or column.</param>
    public static WindowGrid OfInput(Conv2dGeometry geometry, bool inSquares) => new(
        geometry.OutHeight,
        geometry.OutWidth,
        geometry.Stride,
        -geometry.Padding,
        direction: 1,
        spread: 1,
        geometry.KernelHeight,
        geometry.KernelWidth,
        inSquares ? 1 : 0);

    /// <summary>The windows of the output's gradient, whose products with the filters are the input's.</summary>
    public static WindowGrid OfOutputGradient(Conv2dGeometry geometry) => new(
        geometry.InHeight,
        geometry.InWidth,
        step: 1,
        geometry.Padding,
        direction: -1,
        geometry.Stride,
        geometry.KernelHeight,
        geometry.KernelWidth,
        comesInSquares: 0);

    /// <summary>The window of a line, counted row by row through all images.</summary>
    public int WindowOf(int line)
    {
        if (comesInSquares == 0)
            return line;
        int squaresAcross = Across / 2;
        int squareRow = line / 4 / squaresAcross;
        int image = squareRow / (Down / 2);
        int row = (2 * (squareRow - (image * (Down / 2)))) + (line / 2 % 2);
        int column = (2 * ((line / 4) - (squareRow * squaresAcross))) + (line % 2);
        return (((image * Down) + row) * Across) + column;
    }
}
