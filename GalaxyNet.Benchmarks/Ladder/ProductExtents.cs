namespace GalaxyNet.Benchmarks;

/// <summary>The extents of a product C = A B of row-major matrices: A [rows, depth], B [depth, columns].</summary>
/// <param name="rows">Rows of A and C.</param>
/// <param name="columns">Columns of B and C.</param>
/// <param name="depth">Columns of A, rows of B.</param>
internal readonly struct ProductExtents(int rows, int columns, int depth)
{
    public readonly int Rows = rows;
    public readonly int Columns = columns;
    public readonly int Depth = depth;

    /// <summary>1 where all rows start on 16 bytes, else 0: a kernel's arguments cannot be bools.</summary>
    public readonly int Wide = columns % 4 == 0 && depth % 4 == 0 ? 1 : 0;

    /// <summary>The elements of A, B and C.</summary>
    public double Numbers => ((double)Rows * Depth) + ((double)Depth * Columns) + ((double)Rows * Columns);
}
