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
        Size = (16 * copies * planeSize) + (2 * 4 * rows * rowLength) + (2 * vectorLength);
    }

    /// <summary>Floats of memory, which must be zero at first.</summary>
    public int Size { get; }

    /// <summary>Fills the planes from one channel.</summary>
    /// <remarks>In three passes, because a load that straddles two stores still under way waits for both to reach the cache.</remarks>
    public void Fill<TSimd, TVector>(float* source, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* padded = memory + (16 * copies * planeSize);
        float* phases = padded + (4 * rows * rowLength);
        int firstColumn = Math.Max(0, -columnsBefore);
        int count = Math.Min(width, rowLength - columnsBefore) - firstColumn;
        for (int y = Math.Max(0, -rowsBefore); y < Math.Min(height, (4 * rows) - rowsBefore); y++)
            new ReadOnlySpan<float>(source + (y * width) + firstColumn, count).CopyTo(
                new Span<float>(padded + ((y + rowsBefore) * rowLength) + columnsBefore + firstColumn, count));
        SplitByFour<TSimd, TVector>(padded, phases);
        for (int y = 0; y < 4 * rows; y++, phases += rowLength)
        {
            float* target = memory + (y % 4 * 4 * copies * planeSize) + (y / 4 * columns);
            for (int phase = 0; phase < 4; phase++)
            {
                for (int copy = 0; copy < copies; copy++, target += planeSize)
                    CopyRow<TSimd, TVector>(phases + (phase * rowLength / 4) + copy, target);
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

    private void SplitByFour<TSimd, TVector>(float* padded, float* phases)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int length = rowLength / 4;
        for (int y = 0; y < 4 * rows; y++, phases += rowLength)
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

    private void CopyRow<TSimd, TVector>(float* source, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int i = 0; i < columns; i += TSimd.Count)
            TSimd.Store(TSimd.Load(source + i), target + i);
    }
}
