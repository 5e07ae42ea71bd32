namespace GalaxyNet.Kernels;

/// <summary>The 4 x 4 tiles that cover an image's outputs, row by row; those at the right and bottom edge may reach past it.</summary>
internal readonly record struct TileGrid(int Rows, int Columns)
{
    public int Count => Rows * Columns;

    public static TileGrid Over(ImageShape size) =>
        new(
            Rounding.CeilingDivide(size.Height, IWinogradTile.Outputs), Rounding.CeilingDivide(size.Width, IWinogradTile.Outputs));
}
