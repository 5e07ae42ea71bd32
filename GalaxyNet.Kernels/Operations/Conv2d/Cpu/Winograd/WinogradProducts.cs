using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// The products of a <see cref="RowPanel"/> of filters with a register tile's columns, on their way to the output.
/// </summary>
/// <remarks>
/// Of a row of points, 8 of them, the products wait in the first-level cache until all are there; then they are
/// interpolated along the row, and half as many numbers, of which each lane's lie together, go on to the second-level
/// cache. When all rows are there, they are interpolated down the columns.
/// </remarks>
internal readonly unsafe struct WinogradProducts<TTile>(float* memory)
    where TTile : struct, IWinogradTile
{
    private const int Outputs = IWinogradTile.Outputs;

    /// <summary>Floats of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf(VectorRegisters registers) =>
        (Outputs + 1) * TTile.Points * OuterProductTile.Rows * OuterProductTile.ColumnsFor(registers);

    /// <summary>The same in a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => SizeOf(VectorRegisters.Of<TSimd, TVector>());

    /// <summary>Where the product at a point of the current row goes.</summary>
    public float* OfPoint<TSimd, TVector>(int point)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => memory + (point * ProductSize<TSimd, TVector>());

    /// <summary>Interpolates along a row of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void InterpolateRow<TSimd, TVector>(int row, int vectors)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int stride = ProductSize<TSimd, TVector>() / TSimd.Count;
        for (int r = 0; r < OuterProductTile.Rows; r++)
        {
            TVector* source = (TVector*)memory + (r * OuterProductTile.Vectors<TSimd, TVector>());
            TVector* target = Lane<TSimd, TVector>(r, 0) + (row * Outputs);
            for (int v = 0; v < vectors; v++, source++, target += TTile.Points * Outputs)
                (target[0], target[1], target[2], target[3]) = TTile.Output<TSimd, TVector>(source, stride);
        }
    }

    /// <summary>Interpolates a vector of tiles down a column: its outputs 0 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (TVector, TVector, TVector, TVector) Column<TSimd, TVector>(int r, int vector, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TTile.Output<TSimd, TVector>(Lane<TSimd, TVector>(r, vector) + column, Outputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ProductSize<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => OuterProductTile.Rows * OuterProductTile.Columns<TSimd, TVector>();

    // What has been interpolated along the rows: for each row of points four vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector* Lane<TSimd, TVector>(int r, int vector)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* lanes = (TVector*)(memory + (TTile.Points * ProductSize<TSimd, TVector>()));
        return lanes + (((r * OuterProductTile.Vectors<TSimd, TVector>()) + vector) * TTile.Points * Outputs);
    }
}
