namespace GalaxyNet.Kernels;

/// <summary>The lines of an operand in a group's tile.</summary>
/// <param name="matrix">Of which product, where there are several.</param>
/// <param name="first">The first of them, counted in the whole operand.</param>
/// <param name="count">How many a tile has; of the last tile not all need exist.</param>
/// <param name="threads">The threads of the group.</param>
/// <param name="slice">Where the operand's slice begins in each stage of the shared memory, in bytes.</param>
/// <param name="stages">The number of stages.</param>
/// <param name="stageBytes">Bytes from one to the next.</param>
internal readonly struct TileLines(
    int matrix, int first, int count, int threads, uint slice, int stages, int stageBytes)
{
    public readonly int Matrix = matrix;
    public readonly int First = first;
    public readonly int Count = count;
    public readonly int Threads = threads;
    public readonly uint Slice = slice;
    public readonly int Stages = stages;
    public readonly int StageBytes = stageBytes;

    /// <summary>Bytes from one depth of a slice to the next.</summary>
    public int PitchBytes => 4 * CudaTile.Pitch(Count);

    /// <summary>The lines of the left operand.</summary>
    public static TileLines OfRows<TTile>(CudaParts parts)
        where TTile : struct, ICudaTile =>
        new(
            parts.Matrix,
            parts.Row * TTile.Rows,
            TTile.Rows,
            CudaTile.Threads<TTile>(),
            0,
            CudaTile.Stages<TTile>(),
            CudaTile.StageBytes<TTile>());

    /// <summary>Those of the right operand, whose slice follows.</summary>
    public static TileLines OfColumns<TTile>(CudaParts parts)
        where TTile : struct, ICudaTile => new(
            parts.Matrix,
            parts.Column * TTile.Columns,
            TTile.Columns,
            CudaTile.Threads<TTile>(),
            (uint)CudaTile.SliceBytes(TTile.Rows),
            CudaTile.Stages<TTile>(),
            CudaTile.StageBytes<TTile>());
}
