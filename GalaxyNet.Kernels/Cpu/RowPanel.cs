namespace GalaxyNet.Kernels;

/// <summary>
/// The left factor as <see cref="OuterProductTile"/> reads it: panels of six rows, step by step, the last one filled up
/// with zeros.
/// </summary>
internal static class RowPanel
{
    /// <summary>Panels for this many rows.</summary>
    public static int Count(int rows) => Rounding.CeilingDivide(rows, OuterProductTile.Rows);

    /// <summary>Floats in a panel.</summary>
    public static int Size(int depth) => OuterProductTile.Rows * depth;
}
