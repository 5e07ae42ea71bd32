namespace GalaxyNet.Kernels;

/// <summary>C = A B on the CPU schedule, for matrices of any extents.</summary>
internal sealed class MatrixProduct(Device device) : IDisposable
{
    private readonly SimdKernel<PackMatrixWork> pack = new(device);
    private readonly SimdKernel<MatrixProductWork> multiply = new(device);
    private readonly Workspace<float> packed = new(device);
    private readonly Workspace<float> panels = new(device);

    /// <summary>Multiplies.</summary>
    /// <param name="a">A [rows, depth], under any strides, so that a transposed matrix needs no copy.</param>
    /// <param name="b">B [depth, columns], row-major.</param>
    /// <param name="c">C [rows, columns], row-major; overwritten.</param>
    public void Multiply(StridedMatrix a, ArrayView<float> b, ArrayView<float> c)
    {
        var work = new MatrixProductWork
        {
            A = a,
            PackedA = a.IsReadInPlace
                ? ArrayView<float>.Empty
                : packed.AtLeast((long)RowPanel.Count(a.Rows) * RowPanel.Size(a.Columns)),
            B = b,
            C = c,
            Columns = (int)(c.Length / a.Rows),
            Panels = panels.AtLeast((long)device.Multiprocessors * MatrixProductWork.PanelSize),
        };
        if (!a.IsReadInPlace)
            pack.Launch(new PackMatrixWork { Matrix = a, Packed = work.PackedA });
        multiply.Launch(work);
    }

    public void Dispose()
    {
        packed.Dispose();
        panels.Dispose();
    }
}

/// <summary>A matrix in memory under any strides: element (i, j) is at i rowStride + j columnStride.</summary>
internal readonly record struct StridedMatrix(
    ArrayView<float> Data, int Rows, int Columns, int RowStride, int ColumnStride)
{
    /// <summary>
    /// Whether panels are read where they are, six rows whose numbers are neighbors. The last panel then ends with the
    /// last row, and shares rows with the one before.
    /// </summary>
    public bool IsReadInPlace => ColumnStride == 1 && Rows >= OuterProductTile.Rows;

    /// <summary>The first row of a panel.</summary>
    public int FirstRow(int panel)
    {
        int row = panel * OuterProductTile.Rows;
        return IsReadInPlace ? Math.Min(row, Rows - OuterProductTile.Rows) : row;
    }
}

/// <summary>
/// Packs a matrix into <see cref="RowPanel"/>s, block of columns after block of columns, so that a pass over all rows
/// of a block reads memory from one end to the other. Threads split the panels.
/// </summary>
internal unsafe struct PackMatrixWork : ISimdWork
{
    public StridedMatrix Matrix;
    public ArrayView<float> Packed;

    [Kernel("dense", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(RowPanel.Count(Matrix.Rows), thread, threads);
        for (int k = 0; k < Matrix.Columns; k += MatrixProductWork.DepthOfBlock)
        {
            int depth = Math.Min(MatrixProductWork.DepthOfBlock, Matrix.Columns - k);
            float* block = Packed.Pointer() + ((long)k * RowPanel.Size(RowPanel.Count(Matrix.Rows)));
            for (int panel = range.Start; panel < range.End; panel++)
                Pack(panel * OuterProductTile.Rows, k, depth, block + ((long)panel * RowPanel.Size(depth)));
        }
    }

    private readonly void Pack(int row, int column, int depth, float* target)
    {
        float* source = Matrix.Data.Pointer() + ((long)row * Matrix.RowStride) + ((long)column * Matrix.ColumnStride);
        int rows = Math.Min(OuterProductTile.Rows, Matrix.Rows - row);
        for (int r = 0; r < OuterProductTile.Rows; r++, source += Matrix.RowStride)
        {
            float* element = source;
            for (int k = 0; k < depth; k++, element += Matrix.ColumnStride)
                target[(k * OuterProductTile.Rows) + r] = r < rows ? *element : 0f;
        }
    }
}

/// <summary>
/// The product itself. Threads split C into strips of a tile's width. A strip takes B in blocks: a block is copied once
/// into a panel that stays in the cache while all rows of A pass over it.
/// </summary>
internal unsafe struct MatrixProductWork : ISimdWork
{
    /// <summary>Rows of B in a panel: with 64 columns a quarter of a megabyte, which stays in the L2 cache.</summary>
    public const int DepthOfBlock = 1024;

    /// <summary>Floats that each thread needs for its panel.</summary>
    public const int PanelSize = DepthOfBlock * OuterProductTile.MaxSize / OuterProductTile.Rows;

    public StridedMatrix A;
    public ArrayView<float> PackedA;
    public ArrayView<float> B;
    public ArrayView<float> C;
    public int Columns;
    public ArrayView<float> Panels;

    [Kernel("dense", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        var range = WorkRange.Of(Rounding.CeilingDivide(Columns, width), thread, threads);
        float* panel = Panels.Pointer() + ((long)thread * PanelSize);
        for (int strip = range.Start; strip < range.End; strip++)
        {
            for (int k = 0; k < A.Columns; k += DepthOfBlock)
            {
                int depth = Math.Min(DepthOfBlock, A.Columns - k);
                CopyBlock<TSimd, TVector>(panel, k, depth, strip * width);
                MultiplyBlock<TSimd, TVector>(panel, k, depth, strip * width);
            }
        }
    }

    private readonly void CopyBlock<TSimd, TVector>(float* panel, int firstRow, int depth, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int count = Math.Min(width, Columns - column);
        for (int k = 0; k < depth; k++, panel += width)
        {
            SimdCopy.Run<TSimd, TVector>(B.Pointer() + ((long)(firstRow + k) * Columns) + column, panel, count);
            for (int i = count; i < width; i++)
                panel[i] = 0f;
        }
    }

    private readonly void MultiplyBlock<TSimd, TVector>(float* panel, int k, int depth, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int* rowOffsets = stackalloc int[DepthOfBlock];
        for (int i = 0; i < depth; i++)
            rowOffsets[i] = i * width;
        int* columnOffsets = stackalloc int[width / TSimd.Count];
        for (int v = 0; v < width / TSimd.Count; v++)
            columnOffsets[v] = v * TSimd.Count;

        int vectors = Rounding.CeilingDivide(Columns - column, TSimd.Count);
        float* tile = stackalloc float[OuterProductTile.MaxSize];
        for (int block = 0; block < RowPanel.Count(A.Rows); block++)
        {
            int row = block * OuterProductTile.Rows;
            bool isWhole = row + OuterProductTile.Rows <= A.Rows && column + width <= Columns;
            var target = isWhole
                ? new TileTarget(C.Pointer() + ((long)row * Columns) + column, Columns, Adds: k > 0)
                : TileTarget.Alone<TSimd, TVector>(tile);
            OuterProductTile.Multiply<TSimd, TVector>(
                LeftRowsOf(block, k, depth), panel, rowOffsets, depth, columnOffsets, vectors, target);
            if (!isWhole)
                StorePart<TSimd, TVector>(tile, block, column, isFirst: k == 0);
        }
    }

    private readonly LeftRows LeftRowsOf(int block, int k, int depth)
    {
        if (A.IsReadInPlace)
            return new LeftRows(A.Data.Pointer() + ((long)A.FirstRow(block) * A.RowStride) + k, A.RowStride, 1);
        float* packed = PackedA.Pointer() + ((long)k * RowPanel.Size(RowPanel.Count(A.Rows)));
        return LeftRows.Panel(packed + ((long)block * RowPanel.Size(depth)));
    }

    private readonly void StorePart<TSimd, TVector>(float* tile, int block, int column, bool isFirst)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int firstRow = A.FirstRow(block);
        int columns = Math.Min(width, Columns - column);
        int endRow = Math.Min(firstRow + OuterProductTile.Rows, A.Rows);
        for (int row = block * OuterProductTile.Rows; row < endRow; row++)
        {
            float* source = tile + ((row - firstRow) * width);
            float* target = C.Pointer() + ((long)row * Columns) + column;
            if (isFirst)
                SimdCopy.Run<TSimd, TVector>(source, target, columns);
            else
                Add<TSimd, TVector>(source, target, columns);
        }
    }

    private static void Add<TSimd, TVector>(float* source, float* target, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            TSimd.Store(TSimd.Add(TSimd.Load(source + i), TSimd.Load(target + i)), target + i);
        for (; i < count; i++)
            target[i] += source[i];
    }
}
