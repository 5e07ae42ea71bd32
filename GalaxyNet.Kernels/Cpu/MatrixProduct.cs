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
/// into a panel that stays in the cache while all rows of A pass over it. Where A has few rows, as for a small batch's
/// input gradient, a few rows of B at a time go through all strips, and none is copied.
/// </summary>
internal unsafe struct MatrixProductWork : ISimdWork
{
    /// <summary>Rows of B in a panel: with 64 columns a quarter of a megabyte, which stays in the L2 cache.</summary>
    public const int DepthOfBlock = 1024;

    // So many rows of B at a time are read in place: fewer would add to C too often, more would push each other out of
    // the second-level cache where they lie a power of two apart.
    private const int DepthInPlace = 48;
    private const int MostRowsInPlace = 32;
    private const int LargestInPlace = 1 << 18; // floats of C: 1 MB
    private const long LeastStreamed = 4 << 20; // floats: 16 MB

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
        var strips = WorkRange.Of(Rounding.CeilingDivide(Columns, width), thread, threads);
        if (A.Rows <= MostRowsInPlace && C.Length <= LargestInPlace && Columns % width == 0)
            MultiplyInPlace<TSimd, TVector>(strips);
        else
            MultiplyCopies<TSimd, TVector>(strips, Panels.Pointer() + ((long)thread * PanelSize));
        Thread.MemoryBarrier(); // other threads may read what was stored past the caches
    }

    private readonly void MultiplyCopies<TSimd, TVector>(WorkRange strips, float* panel)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int* rowOffsets = stackalloc int[DepthOfBlock];
        FillOffsets(rowOffsets, DepthOfBlock, width);
        int blocks = Rounding.CeilingDivide(A.Columns, DepthOfBlock);
        int end = strips.End * blocks;
        for (int item = strips.Start * blocks; item < end; item++)
        {
            var block = BlockOf(item, blocks, width);
            CopyBlock<TSimd, TVector>(panel, block);
            var next = BlockOf(Math.Min(item + 1, end - 1), blocks, width);
            MultiplyBlock<TSimd, TVector>(panel, rowOffsets, block, next);
        }
    }

    // Copies would cost as much as the few rows of A do. B is read from end to end instead, as memory likes it best,
    // while C stays in the caches.
    private readonly void MultiplyInPlace<TSimd, TVector>(WorkRange strips)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int* rowOffsets = stackalloc int[DepthInPlace];
        FillOffsets(rowOffsets, DepthInPlace, Columns);
        for (int k = 0, rows; k < A.Columns; k += rows)
        {
            // A is packed by blocks of columns.
            rows = Math.Min(Math.Min(DepthInPlace, A.Columns - k), DepthOfBlock - (k % DepthOfBlock));
            for (int strip = strips.Start; strip < strips.End; strip++)
            {
                var block = new BlockOfB(k, rows, strip * width, width);
                var afterNext = block with { FirstColumn = Math.Min(strip + 2, strips.End - 1) * width };
                MultiplyBlock<TSimd, TVector>(RowOf(block, 0), rowOffsets, block, afterNext);
            }
        }
    }

    private static void FillOffsets(int* rowOffsets, int rows, int pitch)
    {
        for (int i = 0; i < rows; i++)
            rowOffsets[i] = i * pitch;
    }

    private readonly BlockOfB BlockOf(int item, int blocks, int width)
    {
        var (strip, block) = Math.DivRem(item, blocks);
        int row = block * DepthOfBlock;
        int column = strip * width;
        return new BlockOfB(
            row, Math.Min(DepthOfBlock, A.Columns - row), column, Math.Min(width, Columns - column));
    }

    private readonly void CopyBlock<TSimd, TVector>(float* panel, BlockOfB block)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        for (int k = 0; k < block.Rows; k++, panel += width)
        {
            SimdCopy.Run<TSimd, TVector>(RowOf(block, k), panel, block.Columns);
            for (int i = block.Columns; i < width; i++)
                panel[i] = 0f;
        }
    }

    private readonly float* RowOf(BlockOfB block, int row) =>
        B.Pointer() + ((long)(block.FirstRow + row) * Columns) + block.FirstColumn;

    private readonly void MultiplyBlock<TSimd, TVector>(float* b, int* rowOffsets, BlockOfB block, BlockOfB next)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int* columnOffsets = stackalloc int[width / TSimd.Count];
        for (int v = 0; v < width / TSimd.Count; v++)
            columnOffsets[v] = v * TSimd.Count;

        int vectors = Rounding.CeilingDivide(block.Columns, TSimd.Count);
        var store = block.FirstRow > 0 ? TileStore.Adds
            : Streams<TSimd, TVector>() ? TileStore.Streams : TileStore.Overwrites;
        float* tile = stackalloc float[OuterProductTile.MaxSize];
        int panels = RowPanel.Count(A.Rows);
        for (int i = 0; i < panels; i++)
        {
            int row = i * OuterProductTile.Rows;
            bool isWhole = row + OuterProductTile.Rows <= A.Rows && block.Columns == width;
            var target = isWhole
                ? new TileTarget(C.Pointer() + ((long)row * Columns) + block.FirstColumn, Columns, store)
                : TileTarget.Alone<TSimd, TVector>(tile);
            OuterProductTile.Multiply<TSimd, TVector>(
                LeftRowsOf(i, block.FirstRow),
                b,
                rowOffsets,
                block.Rows,
                columnOffsets,
                vectors,
                target);
            if (!isWhole)
                StorePart<TSimd, TVector>(tile, i, block);
            Prefetch(next, WorkRange.Of(next.Rows, i, panels));
        }
    }

    // B comes from memory, where its rows lie far apart: a share of the next block for each panel of this one.
    private readonly void Prefetch(BlockOfB block, WorkRange rows)
    {
        for (int row = rows.Start; row < rows.End; row++)
            CacheLine.Prefetch(RowOf(block, row), block.Columns);
    }

    // A large C that is written once: a cache would have to read each of its lines first, and could not keep it.
    private readonly bool Streams<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        A.Columns <= DepthOfBlock && C.Length >= LeastStreamed && Columns % TSimd.Count == 0
        && (nint)C.Pointer() % sizeof(TVector) == 0;

    private readonly LeftRows LeftRowsOf(int panel, int k)
    {
        if (A.IsReadInPlace)
            return new LeftRows(A.Data.Pointer() + ((long)A.FirstRow(panel) * A.RowStride) + k, A.RowStride, 1);
        int first = k / DepthOfBlock * DepthOfBlock;
        float* packed = PackedA.Pointer() + ((long)first * RowPanel.Size(RowPanel.Count(A.Rows)));
        packed += (long)panel * RowPanel.Size(Math.Min(DepthOfBlock, A.Columns - first));
        return LeftRows.Panel(packed + RowPanel.Size(k - first));
    }

    private readonly void StorePart<TSimd, TVector>(float* tile, int panel, BlockOfB block)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int firstRow = A.FirstRow(panel);
        int endRow = Math.Min(firstRow + OuterProductTile.Rows, A.Rows);
        for (int row = panel * OuterProductTile.Rows; row < endRow; row++)
        {
            float* source = tile + ((row - firstRow) * width);
            float* target = C.Pointer() + ((long)row * Columns) + block.FirstColumn;
            if (block.FirstRow == 0)
                SimdCopy.Run<TSimd, TVector>(source, target, block.Columns);
            else
                Add<TSimd, TVector>(source, target, block.Columns);
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

/// <summary>What of B is in a panel at once.</summary>
/// <param name="FirstRow">Its first row.</param>
/// <param name="Rows">How many.</param>
/// <param name="FirstColumn">Its first column.</param>
/// <param name="Columns">How many, at most a register tile's.</param>
internal readonly record struct BlockOfB(int FirstRow, int Rows, int FirstColumn, int Columns);
