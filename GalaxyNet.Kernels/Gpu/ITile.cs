namespace GalaxyNet.Kernels;

/// <summary>
/// The extents of the part of a matrix product that one group computes. They are static, so that each tile makes its
/// own machine code, with every extent a constant.
/// </summary>
/// <remarks>
/// A thread computes <see cref="RowBlocks"/> x <see cref="TileProduct.ColumnBlocks"/> blocks of 4x4 numbers in
/// registers. Its blocks lie a whole group of threads apart, so that neighboring threads store neighboring numbers of
/// the product.
/// </remarks>
internal interface ITile
{
    /// <summary>Rows of the product that a group computes; a multiple of 16 <see cref="RowBlocks"/>.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the product that a group computes; a divisor of the number of threads.</summary>
    static abstract int Columns { get; }

    /// <summary>Blocks of four rows that a thread computes: 2 or 3.</summary>
    static abstract int RowBlocks { get; }
}

/// <summary>128x128 with 256 threads of 8x8: the least traffic for large products.</summary>
internal readonly struct Tile128x128 : ITile
{
    public static int Rows => 128;
    public static int Columns => 128;
    public static int RowBlocks => 2;
}

/// <summary>96x128 with 128 threads of 12x8: no row is idle in attempt 4's second convolution, of 96 filters.</summary>
internal readonly struct Tile96x128 : ITile
{
    public static int Rows => 96;
    public static int Columns => 128;
    public static int RowBlocks => 3;
}

/// <summary>64x128 with 128 threads of 8x8.</summary>
internal readonly struct Tile64x128 : ITile
{
    public static int Rows => 64;
    public static int Columns => 128;
    public static int RowBlocks => 2;
}

/// <summary>64x64 with 64 threads of 8x8.</summary>
internal readonly struct Tile64x64 : ITile
{
    public static int Rows => 64;
    public static int Columns => 64;
    public static int RowBlocks => 2;
}

/// <summary>64x32 with 32 threads of 8x8, one warp: for small products, and for the simulator.</summary>
internal readonly struct Tile64x32 : ITile
{
    public static int Rows => 64;
    public static int Columns => 32;
    public static int RowBlocks => 2;
}
