namespace GalaxyNet.Kernels;

/// <summary>The extents of the part of a matrix product that one group of the CUDA engine computes.</summary>
/// <remarks>
/// A thread computes <see cref="RowBlocks"/> x <see cref="ColumnBlocks"/> blocks of 4x4 numbers, in registers that
/// <see cref="CudaTileText"/> or <see cref="TensorTileText"/> names. Blocks of rows lie a whole group of threads apart.
/// </remarks>
internal interface ICudaTile
{
    /// <summary>Rows of the product that a group computes.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the product that a group computes.</summary>
    static abstract int Columns { get; }

    /// <summary>Blocks of four rows that a thread computes: 2 or 3.</summary>
    static abstract int RowBlocks { get; }

    /// <summary>Blocks of four columns that a thread computes: 2, or 4.</summary>
    static abstract int ColumnBlocks { get; }

    /// <summary>What multiplies.</summary>
    static abstract TileArithmetic Arithmetic { get; }
}

/// <summary>128x128 with 256 threads of 8x8: the least traffic for large products.</summary>
internal readonly struct CudaTile128x128 : ICudaTile
{
    public static int Rows => 128;
    public static int Columns => 128;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Float32;
}

/// <summary>96x128 with 128 threads of 12x8: no row is idle in attempt 4's second convolution, of 96 filters.</summary>
internal readonly struct CudaTile96x128 : ICudaTile
{
    public static int Rows => 96;
    public static int Columns => 128;
    public static int RowBlocks => 3;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Float32;
}

/// <summary>64x128 with 128 threads of 8x8: a batch of 64, or 64 filters.</summary>
internal readonly struct CudaTile64x128 : ICudaTile
{
    public static int Rows => 64;
    public static int Columns => 128;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Float32;
}

/// <summary>64x64 with 64 threads of 8x8: for small products.</summary>
internal readonly struct CudaTile64x64 : ICudaTile
{
    public static int Rows => 64;
    public static int Columns => 64;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Float32;
}
