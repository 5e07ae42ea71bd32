using ILGPU;

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
            PackedA = packed.AtLeast((long)RowPanel.Count(a.Rows) * RowPanel.Size(a.Columns)),
            Rows = a.Rows,
            Depth = a.Columns,
            B = b,
            C = c,
            Columns = (int)(c.Length / a.Rows),
            Panels = panels.AtLeast((long)device.Multiprocessors * MatrixProductWork.PanelSize),
        };
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
internal readonly record struct StridedMatrix(ArrayView<float> Data, int Rows, int Columns, int RowStride, int ColumnStride);

/// <summary>Packs a matrix into <see cref="RowPanel"/>s. Threads split the panels.</summary>
internal unsafe struct PackMatrixWork : ISimdWork
{
    public StridedMatrix Matrix;
    public ArrayView<float> Packed;

    [Kernel("dense", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* data = Matrix.Data.Pointer();
        var range = WorkRange.Of(RowPanel.Count(Matrix.Rows), thread, threads);
        for (int block = range.Start; block < range.End; block++)
        {
            float* panel = Packed.Pointer() + ((long)block * RowPanel.Size(Matrix.Columns));
            for (int r = 0; r < OuterProductTile.Rows; r++)
            {
                int row = (block * OuterProductTile.Rows) + r;
                float* source = data + ((long)row * Matrix.RowStride);
                for (int k = 0; k < Matrix.Columns; k++)
                    panel[(k * OuterProductTile.Rows) + r] = row < Matrix.Rows ? source[(long)k * Matrix.ColumnStride] : 0f;
            }
        }
    }
}

/// <summary>
/// The product itself. Threads split C into strips of a tile's width. A strip takes B in blocks: a block is copied once into a panel
/// that stays in the cache while all rows of A pass over it.
/// </summary>
internal unsafe struct MatrixProductWork : ISimdWork
{
    private const int DepthOfBlock = 1024;

    /// <summary>Floats that each thread needs for its panel.</summary>
    public const int PanelSize = DepthOfBlock * OuterProductTile.MaxSize / OuterProductTile.Rows;

    public ArrayView<float> PackedA;
    public int Rows;
    public int Depth;
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
        var range = WorkRange.Of((Columns + width - 1) / width, thread, threads);
        float* panel = Panels.Pointer() + ((long)thread * PanelSize);
        for (int strip = range.Start; strip < range.End; strip++)
        {
            for (int k = 0; k < Depth; k += DepthOfBlock)
            {
                int depth = Math.Min(DepthOfBlock, Depth - k);
                CopyBlock(panel, k, depth, strip * width, width);
                MultiplyBlock<TSimd, TVector>(panel, k, depth, strip * width);
            }
        }
    }

    private readonly void CopyBlock(float* panel, int firstRow, int depth, int column, int width)
    {
        int count = Math.Min(width, Columns - column);
        for (int k = 0; k < depth; k++, panel += width)
        {
            float* source = B.Pointer() + ((long)(firstRow + k) * Columns) + column;
            new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(panel, count));
            new Span<float>(panel + count, width - count).Clear();
        }
    }

    private readonly void MultiplyBlock<TSimd, TVector>(float* panel, int k, int depth, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int* rowOffsets = stackalloc int[DepthOfBlock];
        for (int row = 0; row < depth; row++)
            rowOffsets[row] = row * width;
        int* columnOffsets = stackalloc int[width / TSimd.Count];
        for (int v = 0; v < width / TSimd.Count; v++)
            columnOffsets[v] = v * TSimd.Count;

        float* tile = stackalloc float[OuterProductTile.MaxSize];
        for (int block = 0; block < RowPanel.Count(Rows); block++)
        {
            float* a = PackedA.Pointer() + ((long)block * RowPanel.Size(Depth)) + RowPanel.Size(k);
            OuterProductTile.Multiply<TSimd, TVector>(LeftRows.Panel(a), panel, rowOffsets, depth, columnOffsets, tile);
            Store<TSimd, TVector>(tile, block * OuterProductTile.Rows, column, isFirst: k == 0);
        }
    }

    private readonly void Store<TSimd, TVector>(float* tile, int row, int column, bool isFirst)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int rows = Math.Min(OuterProductTile.Rows, Rows - row);
        int columns = Math.Min(width, Columns - column);
        for (int r = 0; r < rows; r++, tile += width)
        {
            float* target = C.Pointer() + ((long)(row + r) * Columns) + column;
            int i = 0;
            for (; i <= columns - TSimd.Count; i += TSimd.Count)
            {
                TVector sum = TSimd.Load(tile + i);
                TSimd.Store(isFirst ? sum : TSimd.Add(sum, TSimd.Load(target + i)), target + i);
            }
            for (; i < columns; i++)
                target[i] = isFirst ? tile[i] : target[i] + tile[i];
        }
    }
}
