namespace GalaxyNet.Kernels;

/// <summary>The 4 x 4 tiles that cover a picture's outputs, row by row; those at the right and bottom edge may reach past it.</summary>
internal readonly record struct TileGrid(int Rows, int Columns)
{
    public int Count => Rows * Columns;

    public static TileGrid Over(PictureSize size) =>
        new(CeilingDivide(size.Height, IWinogradTile.Outputs), CeilingDivide(size.Width, IWinogradTile.Outputs));

    public static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;

    public static int RoundUp(int value, int multiple) => CeilingDivide(value, multiple) * multiple;
}
