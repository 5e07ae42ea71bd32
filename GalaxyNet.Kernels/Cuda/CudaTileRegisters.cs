using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>A thread's part of a tile, in registers that <see cref="CudaTileText"/> names.</summary>
/// <remarks>
/// C# cannot hold them: ILGPU keeps no array in registers, and structs of 64 numbers take it seconds to compile. To the
/// C# around it each of these methods is a piece of assembly that changes nothing.
/// </remarks>
internal static class CudaTileRegisters
{
    /// <summary>Declares the registers, with zeros in the sums. Once in a kernel, before the others.</summary>
    public static void Begin<TTile>()
        where TTile : struct, ICudaTile
    {
        if (CudaTile.UsesTensorCores<TTile>())
            TensorTileRegisters.Begin<TTile>();
        else if (TTile.RowBlocks == 3)
            CudaAsm.Emit(CudaTileText.Begin12x8);
        else
            CudaAsm.Emit(CudaTileText.Begin8x8);
    }

    /// <summary>Where the group's shared memory begins, as the assembly addresses it.</summary>
    /// <remarks>
    /// What assembly gives to C# goes through four bytes of local memory, once. Through shared memory the driver's
    /// compiler would not know that it is a constant, and would keep a register for it.
    /// </remarks>
    public static uint Shared()
    {
        CudaAsm.Emit("mov.u32 %0, base;", out uint address);
        return address;
    }

    /// <summary>
    /// Adds the products of a slice. What is multiplied next is read a depth ahead, so that the reads do not keep the
    /// arithmetic waiting.
    /// </summary>
    /// <param name="left">Where the thread's numbers of the left operand lie in shared memory.</param>
    /// <param name="right">Where those of the right operand lie.</param>
    public static void MultiplySlice<TTile>(uint left, uint right)
        where TTile : struct, ICudaTile
    {
        if (CudaTile.UsesTensorCores<TTile>())
            TensorTileRegisters.MultiplySlice<TTile>(left, right);
        else
            MultiplyDepths<TTile>(left, right);
    }

    /// <summary>Writes a block of four rows to shared memory, row by row.</summary>
    /// <param name="block">Which: its number counts down the thread's rows.</param>
    /// <param name="to">Where the first of its numbers is to be, in bytes of shared memory.</param>
    public static void StoreBlock<TTile>(int block, uint to)
        where TTile : struct, ICudaTile
    {
        if (CudaTile.UsesTensorCores<TTile>())
            TensorTileRegisters.StoreBlock<TTile>(block, to);
        else if (block == 0)
            StoreBlock0<TTile>(to);
        else if (block == 1)
            StoreBlock1<TTile>(to);
        else if (TTile.RowBlocks == 3)
            CudaAsm.Emit(CudaTileText.Store2Of96x128, to);
    }

    private static void MultiplyDepths<TTile>(uint left, uint right)
        where TTile : struct, ICudaTile
    {
        CudaAsm.Emit("mov.u32 sa, %0; mov.u32 sb, %1;", left, right);
        LoadEven<TTile>();
        MultiplyTwoDepths<TTile>();
        MultiplyTwoDepths<TTile>();
        MultiplyTwoDepths<TTile>();
        MultiplyTwoDepths<TTile>();
        MultiplyTwoDepths<TTile>();
        MultiplyTwoDepths<TTile>();
        MultiplyTwoDepths<TTile>();
        LoadOdd<TTile>();
        MultiplyEven<TTile>();
        MultiplyOdd<TTile>();
    }

    private static void MultiplyTwoDepths<TTile>()
        where TTile : struct, ICudaTile
    {
        LoadOdd<TTile>();
        MultiplyEven<TTile>();
        LoadEven<TTile>();
        MultiplyOdd<TTile>();
    }

    private static void MultiplyEven<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.RowBlocks == 3)
            CudaAsm.Emit(CudaTileText.MultiplyEven12x8);
        else
            CudaAsm.Emit(CudaTileText.MultiplyEven8x8);
    }

    private static void MultiplyOdd<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.RowBlocks == 3)
            CudaAsm.Emit(CudaTileText.MultiplyOdd12x8);
        else
            CudaAsm.Emit(CudaTileText.MultiplyOdd8x8);
    }

    private static void LoadEven<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.Rows == 128)
            CudaAsm.Emit(CudaTileText.LoadEven128x128);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(CudaTileText.LoadEven96x128);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(CudaTileText.LoadEven64x128);
        else
            CudaAsm.Emit(CudaTileText.LoadEven64x64);
    }

    private static void LoadOdd<TTile>()
        where TTile : struct, ICudaTile
    {
        if (TTile.Rows == 128)
            CudaAsm.Emit(CudaTileText.LoadOdd128x128);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(CudaTileText.LoadOdd96x128);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(CudaTileText.LoadOdd64x128);
        else
            CudaAsm.Emit(CudaTileText.LoadOdd64x64);
    }

    private static void StoreBlock0<TTile>(uint to)
        where TTile : struct, ICudaTile
    {
        if (TTile.Rows == 128)
            CudaAsm.Emit(CudaTileText.Store0Of128x128, to);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(CudaTileText.Store0Of96x128, to);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(CudaTileText.Store0Of64x128, to);
        else
            CudaAsm.Emit(CudaTileText.Store0Of64x64, to);
    }

    private static void StoreBlock1<TTile>(uint to)
        where TTile : struct, ICudaTile
    {
        if (TTile.Rows == 128)
            CudaAsm.Emit(CudaTileText.Store1Of128x128, to);
        else if (TTile.Rows == 96)
            CudaAsm.Emit(CudaTileText.Store1Of96x128, to);
        else if (TTile.Columns == 128)
            CudaAsm.Emit(CudaTileText.Store1Of64x128, to);
        else
            CudaAsm.Emit(CudaTileText.Store1Of64x64, to);
    }
}
