using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// The inner loop of a matrix product, C = A B, for one tile of C that stays in registers while k runs over the whole
/// depth: C[r, :] += A[r, k] B[k, :].
/// </summary>
/// <remarks>
/// A is found through <see cref="LeftRows"/>: six rows in memory, or the panels of <see cref="RowPanel"/>. Row k of B
/// starts at <c>b + rowOffsets[k]</c>, and its vector v at <c>columnOffsets[v]</c> from there. A packed panel is the
/// simple case. In a convolution B is the matrix of windows: row k is a tap of the filter, a column is a pixel, and the
/// two offsets find the number in the padded image itself, so that matrix is never built.
///
/// Each step loads 4 vectors of B and 6 numbers of A for 24 multiply-adds (2 vectors and 12 with sixteen registers):
/// the two load ports stay ahead of the two multiply-add ports even when every vector straddles two cache lines.
/// </remarks>
internal static unsafe class OuterProductTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    private const int MaxVectors = 4;

    /// <summary>Room for the largest tile, in floats.</summary>
    public const int MaxSize = Rows * MaxVectors * 16;

    /// <summary>Vectors in a row of a tile: as many as leave no accumulator without a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Vectors<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => VectorsFor(TSimd.Registers);

    /// <summary>Columns of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Columns<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => Vectors<TSimd, TVector>() * TSimd.Count;

    /// <summary>Columns of a tile on a device with these registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ColumnsFor(VectorRegisters registers) => VectorsFor(registers.Count) * registers.Lanes;

    /// <summary>Computes a tile and writes it to, or adds it to, <paramref name="target"/>.</summary>
    /// <param name="a">Six rows of A.</param>
    /// <param name="b">B.</param>
    /// <param name="rowOffsets">Where its rows start.</param>
    /// <param name="depth">How many they are.</param>
    /// <param name="columnOffsets">Where a tile's vectors start in a row.</param>
    /// <param name="vectors">
    /// How many vectors are needed, from the first on, or more than a tile has; the others may be written or not.
    /// </param>
    /// <param name="target">C.</param>
    public static void Multiply<TSimd, TVector>(
        LeftRows a, float* b, int* rowOffsets, int depth, int* columnOffsets, int vectors, TileTarget target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (TSimd.Registers == 32 && vectors > 2)
            Multiply6x4<TSimd, TVector>(a, b, rowOffsets, depth, columnOffsets, target);
        else
            Multiply6x2<TSimd, TVector>(a, b, rowOffsets, depth, columnOffsets, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int VectorsFor(int registers) => registers == 32 ? MaxVectors : 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6x4<TSimd, TVector>(
        LeftRows a, float* b, int* rowOffsets, int depth, int* columnOffsets, TileTarget target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c02 = TSimd.Zero, c03 = TSimd.Zero;
        TVector c10 = TSimd.Zero, c11 = TSimd.Zero, c12 = TSimd.Zero, c13 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c22 = TSimd.Zero, c23 = TSimd.Zero;
        TVector c30 = TSimd.Zero, c31 = TSimd.Zero, c32 = TSimd.Zero, c33 = TSimd.Zero;
        TVector c40 = TSimd.Zero, c41 = TSimd.Zero, c42 = TSimd.Zero, c43 = TSimd.Zero;
        TVector c50 = TSimd.Zero, c51 = TSimd.Zero, c52 = TSimd.Zero, c53 = TSimd.Zero;
        float* column0 = b + columnOffsets[0];
        float* column1 = b + columnOffsets[1];
        float* column2 = b + columnOffsets[2];
        float* column3 = b + columnOffsets[3];
        float* top = a.First;
        float* bottom = a.First + (3 * a.RowStride);
        nint stride = a.RowStride;
        for (int k = 0; k < depth; k++)
        {
            nint row = rowOffsets[k];
            TVector b0 = TSimd.Load(column0 + row);
            TVector b1 = TSimd.Load(column1 + row);
            TVector b2 = TSimd.Load(column2 + row);
            TVector b3 = TSimd.Load(column3 + row);
            TVector factor = TSimd.Factor(*top);
            c00 = TSimd.AddScaled(factor, b0, c00);
            c01 = TSimd.AddScaled(factor, b1, c01);
            c02 = TSimd.AddScaled(factor, b2, c02);
            c03 = TSimd.AddScaled(factor, b3, c03);
            factor = TSimd.Factor(top[stride]);
            c10 = TSimd.AddScaled(factor, b0, c10);
            c11 = TSimd.AddScaled(factor, b1, c11);
            c12 = TSimd.AddScaled(factor, b2, c12);
            c13 = TSimd.AddScaled(factor, b3, c13);
            factor = TSimd.Factor(top[2 * stride]);
            c20 = TSimd.AddScaled(factor, b0, c20);
            c21 = TSimd.AddScaled(factor, b1, c21);
            c22 = TSimd.AddScaled(factor, b2, c22);
            c23 = TSimd.AddScaled(factor, b3, c23);
            factor = TSimd.Factor(*bottom);
            c30 = TSimd.AddScaled(factor, b0, c30);
            c31 = TSimd.AddScaled(factor, b1, c31);
            c32 = TSimd.AddScaled(factor, b2, c32);
            c33 = TSimd.AddScaled(factor, b3, c33);
            factor = TSimd.Factor(bottom[stride]);
            c40 = TSimd.AddScaled(factor, b0, c40);
            c41 = TSimd.AddScaled(factor, b1, c41);
            c42 = TSimd.AddScaled(factor, b2, c42);
            c43 = TSimd.AddScaled(factor, b3, c43);
            factor = TSimd.Factor(bottom[2 * stride]);
            c50 = TSimd.AddScaled(factor, b0, c50);
            c51 = TSimd.AddScaled(factor, b1, c51);
            c52 = TSimd.AddScaled(factor, b2, c52);
            c53 = TSimd.AddScaled(factor, b3, c53);
            top += a.Step;
            bottom += a.Step;
        }
        Store<TSimd, TVector>(c00, c01, c02, c03, target.Row(0), target.Mode);
        Store<TSimd, TVector>(c10, c11, c12, c13, target.Row(1), target.Mode);
        Store<TSimd, TVector>(c20, c21, c22, c23, target.Row(2), target.Mode);
        Store<TSimd, TVector>(c30, c31, c32, c33, target.Row(3), target.Mode);
        Store<TSimd, TVector>(c40, c41, c42, c43, target.Row(4), target.Mode);
        Store<TSimd, TVector>(c50, c51, c52, c53, target.Row(5), target.Mode);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6x2<TSimd, TVector>(
        LeftRows a, float* b, int* rowOffsets, int depth, int* columnOffsets, TileTarget target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c10 = TSimd.Zero, c11 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c30 = TSimd.Zero, c31 = TSimd.Zero;
        TVector c40 = TSimd.Zero, c41 = TSimd.Zero, c50 = TSimd.Zero, c51 = TSimd.Zero;
        float* column0 = b + columnOffsets[0];
        float* column1 = b + columnOffsets[1];
        float* top = a.First;
        float* bottom = a.First + (3 * a.RowStride);
        nint stride = a.RowStride;
        for (int k = 0; k < depth; k++)
        {
            nint row = rowOffsets[k];
            TVector b0 = TSimd.Load(column0 + row);
            TVector b1 = TSimd.Load(column1 + row);
            TVector factor = TSimd.Factor(*top);
            c00 = TSimd.AddScaled(factor, b0, c00);
            c01 = TSimd.AddScaled(factor, b1, c01);
            factor = TSimd.Factor(top[stride]);
            c10 = TSimd.AddScaled(factor, b0, c10);
            c11 = TSimd.AddScaled(factor, b1, c11);
            factor = TSimd.Factor(top[2 * stride]);
            c20 = TSimd.AddScaled(factor, b0, c20);
            c21 = TSimd.AddScaled(factor, b1, c21);
            factor = TSimd.Factor(*bottom);
            c30 = TSimd.AddScaled(factor, b0, c30);
            c31 = TSimd.AddScaled(factor, b1, c31);
            factor = TSimd.Factor(bottom[stride]);
            c40 = TSimd.AddScaled(factor, b0, c40);
            c41 = TSimd.AddScaled(factor, b1, c41);
            factor = TSimd.Factor(bottom[2 * stride]);
            c50 = TSimd.AddScaled(factor, b0, c50);
            c51 = TSimd.AddScaled(factor, b1, c51);
            top += a.Step;
            bottom += a.Step;
        }
        Store<TSimd, TVector>(c00, c01, target.Row(0), target.Mode);
        Store<TSimd, TVector>(c10, c11, target.Row(1), target.Mode);
        Store<TSimd, TVector>(c20, c21, target.Row(2), target.Mode);
        Store<TSimd, TVector>(c30, c31, target.Row(3), target.Mode);
        Store<TSimd, TVector>(c40, c41, target.Row(4), target.Mode);
        Store<TSimd, TVector>(c50, c51, target.Row(5), target.Mode);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(
        TVector v0, TVector v1, TVector v2, TVector v3, float* target, TileStore mode)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        Store<TSimd, TVector>(v0, v1, target, mode);
        Store<TSimd, TVector>(v2, v3, target + (2 * TSimd.Count), mode);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(TVector v0, TVector v1, float* target, TileStore mode)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (mode == TileStore.Streams)
        {
            TSimd.Stream(v0, target);
            TSimd.Stream(v1, target + TSimd.Count);
            return;
        }
        if (mode == TileStore.Adds)
        {
            v0 = TSimd.Add(TSimd.Load(target), v0);
            v1 = TSimd.Add(TSimd.Load(target + TSimd.Count), v1);
        }
        TSimd.Store(v0, target);
        TSimd.Store(v1, target + TSimd.Count);
    }
}

/// <summary>How a tile of C is stored.</summary>
internal enum TileStore
{
    /// <summary>In place of what is there.</summary>
    Overwrites,

    /// <summary>Added to what is there.</summary>
    Adds,

    /// <summary>
    /// In place of it, past the caches: for vectors at multiples of their size, in a matrix that no cache could hold.
    /// </summary>
    Streams,
}

/// <summary>Where a tile of C goes.</summary>
/// <param name="First">Its first number.</param>
/// <param name="Pitch">Floats from a row to the next.</param>
/// <param name="Mode">What happens to what is there.</param>
internal readonly unsafe struct TileTarget(float* First, nint Pitch, TileStore Mode)
{
    public readonly TileStore Mode = Mode;
    private readonly float* first = First;
    private readonly nint pitch = Pitch;

    /// <summary>A tile by itself, row after row.</summary>
    public static TileTarget Alone<TSimd, TVector>(float* tile)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => new(tile, OuterProductTile.Columns<TSimd, TVector>(), TileStore.Overwrites);

    /// <summary>The first number of a row.</summary>
    public float* Row(int row) => first + (row * pitch);
}

/// <summary>Six rows of the left factor: row r, step k is at <c>First[r RowStride + k Step]</c>.</summary>
/// <param name="First">Row 0, step 0.</param>
/// <param name="RowStride">From a row to the next.</param>
/// <param name="Step">From a step to the next.</param>
internal readonly unsafe struct LeftRows(float* First, nint RowStride, nint Step)
{
    public readonly float* First = First;
    public readonly nint RowStride = RowStride;
    public readonly nint Step = Step;

    /// <summary>A packed panel.</summary>
    public static LeftRows Panel(float* panel) => new(panel, 1, OuterProductTile.Rows);
}
