namespace GalaxyNet.Kernels;

/// <summary>
/// One of the two matrices of a product, as the tile engine reads it. A line is a row of the left matrix or a column of
/// the right one; depth counts the terms of the sum. The matrix need not exist in memory: a convolution's windows do
/// not.
/// </summary>
internal interface IOperand
{
    /// <summary>How the threads of a group share out the elements.</summary>
    static abstract FourElements FourElements { get; }

    /// <summary>
    /// What is the same along a line; that of a line outside the matrix makes all its elements zeros.
    /// </summary>
    Line LineAt(int line);

    /// <summary>
    /// The elements at <paramref name="depth"/>, depth + step, depth + 2 step and depth + 3 step of a line; or, where
    /// <see cref="FourElements"/> is <see cref="FourElements.OfNeighboringLines"/>, those of four lines at one depth.
    /// Elements outside the matrix are zeros.
    /// </summary>
    Float4 Load(Line line, int depth, int step);
}

/// <summary>Which elements of an operand a thread takes at a time.</summary>
internal enum FourElements
{
    /// <summary>Four neighbors of one line: for matrices that lie line by line in memory.</summary>
    OfNeighboringDepths,

    /// <summary>
    /// Four of one line, some depths apart: neighboring threads take neighboring lines, and a thread has only one.
    /// </summary>
    OfSpreadDepths,

    /// <summary>The same depth of four neighboring lines: for matrices that lie depth by depth in memory.</summary>
    OfNeighboringLines,
}

/// <summary>What an operand computes once for a line, and uses for all its elements.</summary>
/// <param name="offset">Where the line's elements lie.</param>
/// <param name="row">The row that the line stands for in an image.</param>
/// <param name="column">The column that the line stands for in an image.</param>
internal readonly struct Line(int offset, int row, int column)
{
    private const int FarOutside = int.MinValue / 2;

    public readonly int Offset = offset;
    public readonly int Row = row;
    public readonly int Column = column;

    /// <summary>
    /// A line outside the matrix. Its row is outside every image, so a test for the image's edge finds it too.
    /// </summary>
    public static Line Outside => new(FarOutside, FarOutside, 0);

    /// <summary>
    /// Of a line that lies in a matrix, not in images: told by its offset, to need no other register.
    /// </summary>
    public bool IsOutside => Offset == FarOutside;
}
