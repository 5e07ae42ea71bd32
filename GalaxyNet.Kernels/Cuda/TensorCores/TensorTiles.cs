namespace GalaxyNet.Kernels;

/// <summary>128x128 with 4 warps of 64x64: the least traffic, of memory and of shared memory.</summary>
internal readonly struct Tf32Tile128x128 : ICudaTile
{
    public static int Rows => 128;
    public static int Columns => 128;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 4;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32;
}

/// <summary>96x128 with 4 warps of 96x32: no row is idle in attempt 4's second convolution, of 96 filters.</summary>
internal readonly struct Tf32Tile96x128 : ICudaTile
{
    public static int Rows => 96;
    public static int Columns => 128;
    public static int RowBlocks => 3;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32;
}

/// <summary>64x128 with 4 warps of 64x32: a batch of 64, or 64 filters.</summary>
internal readonly struct Tf32Tile64x128 : ICudaTile
{
    public static int Rows => 64;
    public static int Columns => 128;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32;
}

/// <summary>64x64 with 2 warps of 64x32: for small products.</summary>
internal readonly struct Tf32Tile64x64 : ICudaTile
{
    public static int Rows => 64;
    public static int Columns => 64;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32;
}

/// <summary>128x128 with 8 warps of 64x32: parts of numbers take the registers that wider warps would need.</summary>
internal readonly struct Tf32x3Tile128x128 : ICudaTile
{
    public static int Rows => 128;
    public static int Columns => 128;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32x3;
}

/// <summary>96x128 with 4 warps of 96x32.</summary>
internal readonly struct Tf32x3Tile96x128 : ICudaTile
{
    public static int Rows => 96;
    public static int Columns => 128;
    public static int RowBlocks => 3;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32x3;
}

/// <summary>64x128 with 4 warps of 64x32.</summary>
internal readonly struct Tf32x3Tile64x128 : ICudaTile
{
    public static int Rows => 64;
    public static int Columns => 128;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32x3;
}

/// <summary>64x64 with 2 warps of 64x32.</summary>
internal readonly struct Tf32x3Tile64x64 : ICudaTile
{
    public static int Rows => 64;
    public static int Columns => 64;
    public static int RowBlocks => 2;
    public static int ColumnBlocks => 2;
    public static TileArithmetic Arithmetic => TileArithmetic.Tf32x3;
}
