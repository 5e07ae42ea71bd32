using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// One channel of a picture, taken apart so that what neighbouring tiles see at the same place lies side by side.
/// </summary>
/// <remarks>
/// Tiles start every 4 pixels, so padded pixel (4 a + i, 4 b + j) goes to plane (i, j) at a gridColumns + b: one vector load then
/// takes place (i, j) of as many tiles as it has lanes, across the ends of rows too. A tile that is wider than 4 also sees pixel
/// 4 (b + 1) + j: a second copy of each plane, one column further on, keeps that load contiguous as well.
/// </remarks>
internal readonly unsafe struct TileStage
{
    private readonly int height;
    private readonly int width;
    private readonly int rowsBefore;
    private readonly int columnsBefore;
    private readonly int rows;
    private readonly int columns;
    private readonly int copies;
    private readonly int planeSize;
    private readonly int rowLength;

    /// <summary>Lays out the memory.</summary>
    /// <param name="size">The picture's extents.</param>
    /// <param name="rowsBefore">Rows of zeros above it; a negative number cuts rows off.</param>
    /// <param name="columnsBefore">Columns of zeros to its left, likewise.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="span">How far a tile sees along an axis: 4 to 8 pixels.</param>
    /// <param name="vectorLength">Lanes.</param>
    public TileStage(
        PictureSize size, int rowsBefore, int columnsBefore, TileGrid grid, int span, int vectorLength)
    {
        height = size.Height;
        width = size.Width;
        this.rowsBefore = rowsBefore;
        this.columnsBefore = columnsBefore;
        copies = span > IWinogradTile.Outputs ? 2 : 1;
        rows = grid.Rows + copies - 1;
        columns = grid.Columns;
        // Whole vectors are stored and loaded, so each plane has a vector's room at its end.
        planeSize = TileGrid.RoundUp((rows * columns) + vectorLength, vectorLength);
        // A padded row, long enough for the last vector of four phases.
        rowLength = 4 * TileGrid.RoundUp(columns + copies - 1, vectorLength);
        Size = (16 * copies * planeSize) + (2 * 4 * rowLength) + (2 * vectorLength);
    }

    /// <summary>Floats of memory, which must be zero at first.</summary>
    public int Size { get; }

    /// <summary>Fills the planes from one channel.</summary>
    /// <remarks>Four rows at a time, because a load that straddles two stores still under way waits for both to reach the cache.</remarks>
    public void Fill<TSimd, TVector>(float* source, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* padded = memory + (16 * copies * planeSize);
        float* phases = padded + (4 * rowLength);
        for (int a = 0; a < rows; a++)
        {
            for (int i = 0; i < 4; i++)
                PadRow<TSimd, TVector>(source, (4 * a) + i - rowsBefore, padded + (i * rowLength));
            SplitByFour<TSimd, TVector>(padded, phases);
            float* target = memory + (a * columns);
            for (int plane = 0; plane < 16; plane++)
            {
                for (int copy = 0; copy < copies; copy++, target += planeSize)
                    CopyRow<TSimd, TVector>(phases + (plane * rowLength / 4) + copy, target);
            }
        }
    }

    /// <summary>Loads what the tiles from <paramref name="tile"/> on see: place (i, j) goes to <c>places[8 i + j]</c>.</summary>
    public void Load<TSimd, TVector>(float* memory, int tile, int span, TVector* places)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int i = 0; i < span; i++, places += 8)
        {
            float* row = memory + (i % 4 * 4 * copies * planeSize) + (i / 4 * columns) + tile;
            for (int j = 0; j < 4; j++, row += copies * planeSize)
                places[j] = TSimd.Load(row);
            row -= (4 * copies * planeSize) - planeSize;
            for (int j = 4; j < span; j++, row += 2 * planeSize)
                places[j] = TSimd.Load(row);
        }
    }

    private void PadRow<TSimd, TVector>(float* source, int y, float* padded)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int first = Math.Max(0, -columnsBefore);
        int count = Math.Min(width, rowLength - columnsBefore) - first;
        if (y >= 0 && y < height)
            SimdCopy.Run<TSimd, TVector>(source + (y * width) + first, padded + columnsBefore + first, count);
        else
            new Span<float>(padded + columnsBefore + first, count).Clear();
    }

    private void SplitByFour<TSimd, TVector>(float* padded, float* phases)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int length = rowLength / 4;
        for (int row = 0; row < 4; row++, phases += rowLength)
        {
            for (int i = 0; i < length; i += TSimd.Count, padded += 4 * TSimd.Count)
            {
                var (even0, odd0) = TSimd.Deinterleave(TSimd.Load(padded), TSimd.Load(padded + TSimd.Count));
                var (even1, odd1) = TSimd.Deinterleave(
                    TSimd.Load(padded + (2 * TSimd.Count)), TSimd.Load(padded + (3 * TSimd.Count)));
                var (phase0, phase2) = TSimd.Deinterleave(even0, even1);
                var (phase1, phase3) = TSimd.Deinterleave(odd0, odd1);
                TSimd.Store(phase0, phases + i);
                TSimd.Store(phase1, phases + length + i);
                TSimd.Store(phase2, phases + (2 * length) + i);
                TSimd.Store(phase3, phases + (3 * length) + i);
            }
        }
    }

    // By vectors no longer than the row: a store that ran on would straddle the next row's.
    private void CopyRow<TSimd, TVector>(float* source, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var body = new CopiedRow { Source = source, Target = target };
        RowLoop.Run<TSimd, TVector, CopiedRow>(ref body, columns);
    }

    private struct CopiedRow : IRowBody
    {
        public float* Source;
        public float* Target;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged => TSimd.Store(TSimd.Load(Source + first), Target + first);
    }
}
