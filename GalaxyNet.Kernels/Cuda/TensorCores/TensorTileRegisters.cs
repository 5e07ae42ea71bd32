using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>
/// A thread's part of a tile on tensor cores, in registers that <see cref="TensorTileText"/> names: what
/// <see cref="CudaTileRegisters"/> is for the others.
/// </summary>
internal static class TensorTileRegisters
{
    private const int DepthsOfStep = 8; // of mma.sync.m16n8k8

    /// <summary>Declares the registers, with zeros in the sums.</summary>
    public static void Begin<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.ColumnBlocks == 4)
            CudaAsm.Emit(TensorTileText.Begin8x16);
        else if (TTile.RowBlocks == 3)
            CudaAsm.Emit(TensorTileText.Begin12x8);
        else
            CudaAsm.Emit(TensorTileText.Begin8x8);
        if (TTile.Arithmetic == TileArithmetic.Tf32x3)
            BeginSplit<TTile>();
    }

    /// <summary>Adds the products of a slice, in two steps of eight depths.</summary>
    /// <param name="left">Where the thread's numbers of the left operand lie in shared memory.</param>
    /// <param name="right">Where those of the right operand lie.</param>
    public static void MultiplySlice<TTile>(uint left, uint right)
        where TTile : struct, ICudaTile
    {
        CudaAsm.Emit("mov.u32 sa, %0; mov.u32 sb, %1;", left, right);
        if (TTile.Arithmetic == TileArithmetic.Tf32x3)
            MultiplySplitSteps<TTile>();
        else
            MultiplyRoundedSteps<TTile>();
    }

    /// <summary>Writes a block of four rows to shared memory, row by row.</summary>
    /// <param name="block">Which: its number counts down the thread's rows.</param>
    /// <param name="to">Where the first of its numbers is to be, in bytes of shared memory.</param>
    public static void StoreBlock<TTile>(int block, uint to)
        where TTile : struct, ICudaTile
    {
        if (block == 0)
            StoreBlock0<TTile>(to);
        else if (block == 1)
            StoreBlock1<TTile>(to);
        else if (TTile.RowBlocks == 3)
            CudaAsm.Emit(TensorTileText.Store2Of96x128By8, to);
    }

    // What is multiplied next is read a step ahead.
    private static void MultiplyRoundedSteps<TTile>()
        where TTile : struct, ICudaTile
    {
        Load<TTile>();
        Round<TTile>();
        Load<TTile>();
        Multiply<TTile>();
        Round<TTile>();
        Multiply<TTile>();
    }

    // A loop that stays one: unrolled, both steps at once take more registers than there are.
    private static void MultiplySplitSteps<TTile>()
        where TTile : struct, ICudaTile
    {
        int depth = 0;
        do
        {
            CudaAsm.Emit(".pragma \"nounroll\";");
            Load<TTile>();
            MultiplySplit<TTile>();
            depth += DepthsOfStep;
        }
        while (depth < CudaTile.Depth);
    }

    private static void BeginSplit<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.RowBlocks == 3)
            CudaAsm.Emit(TensorTileText.BeginSplit12x8);
        else
            CudaAsm.Emit(TensorTileText.BeginSplit8x8);
    }

    private static void Round<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.ColumnBlocks == 4)
            CudaAsm.Emit(TensorTileText.Round8x16);
        else if (TTile.RowBlocks == 3)
            CudaAsm.Emit(TensorTileText.Round12x8);
        else
            CudaAsm.Emit(TensorTileText.Round8x8);
    }

    private static void Multiply<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.ColumnBlocks == 4)
            CudaAsm.Emit(TensorTileText.Multiply8x16);
        else if (TTile.RowBlocks == 3)
            CudaAsm.Emit(TensorTileText.Multiply12x8);
        else
            CudaAsm.Emit(TensorTileText.Multiply8x8);
    }

    private static void MultiplySplit<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.RowBlocks == 3)
            CudaAsm.Emit(TensorTileText.MultiplySplit12x8);
        else
            CudaAsm.Emit(TensorTileText.MultiplySplit8x8);
    }

    private static void Load<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.ColumnBlocks == 4)
            CudaAsm.Emit(TensorTileText.Load128x128By16);
        else if (TTile.Rows == 128)
            CudaAsm.Emit(TensorTileText.Load128x128By8);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(TensorTileText.Load96x128By8);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(TensorTileText.Load64x128By8);
        else
            CudaAsm.Emit(TensorTileText.Load64x64By8);
    }

    private static void StoreBlock0<TTile>(uint to)
        where TTile : struct, ICudaTile
    {
        if (TTile.ColumnBlocks == 4)
            CudaAsm.Emit(TensorTileText.Store0Of128x128By16, to);
        else if (TTile.Rows == 128)
            CudaAsm.Emit(TensorTileText.Store0Of128x128By8, to);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(TensorTileText.Store0Of96x128By8, to);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(TensorTileText.Store0Of64x128By8, to);
        else
            CudaAsm.Emit(TensorTileText.Store0Of64x64By8, to);
    }

    private static void StoreBlock1<TTile>(uint to)
        where TTile : struct, ICudaTile
    {
        if (TTile.ColumnBlocks == 4)
            CudaAsm.Emit(TensorTileText.Store1Of128x128By16, to);
        else if (TTile.Rows == 128)
            CudaAsm.Emit(TensorTileText.Store1Of128x128By8, to);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(TensorTileText.Store1Of96x128By8, to);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(TensorTileText.Store1Of64x128By8, to);
        else
            CudaAsm.Emit(TensorTileText.Store1Of64x64By8, to);
    }
}
