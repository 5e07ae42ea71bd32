using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// A few images evaluated at the points: for each point a matrix [channels, columns], a column for each tile.
/// </summary>
/// <remarks>
/// Each image has a whole number of vectors of columns, and all of them together a whole number of register tiles, so
/// columns past the last tile are computed and never used.
///
/// A filter larger than the tile's is split into blocks of the tile's size. Block (a, b) of a channel sees the image r
/// a pixels further up and r b further left, and is a channel to the matrices: a sum over more channels, with one
/// interpolation.
/// </remarks>
/// <param name="size">The images' extents.</param>
/// <param name="before">Zeros above and to the left.</param>
/// <param name="blocks">Blocks along a side that the filters are split into; each sees channels of its own.</param>
/// <param name="grid">The tiles.</param>
/// <param name="images">Images at a time.</param>
/// <param name="registers">Those of the device.</param>
internal readonly unsafe struct WinogradInput<TTile>(
    ImageShape size, int before, int blocks, TileGrid grid, int images, VectorRegisters registers)
    where TTile : struct, IWinogradTile
{
    /// <summary>Columns of each image.</summary>
    public int ColumnsPerImage { get; } = Rounding.RoundUp(grid.Count, registers.Lanes);

    /// <summary>Columns of a matrix.</summary>
    public int Columns { get; } = Rounding.RoundUp(
        images * Rounding.RoundUp(grid.Count, registers.Lanes), OuterProductTile.ColumnsFor(registers));

    /// <summary>Floats of memory for the matrices and the stage, which must be zero at first.</summary>
    public int Size => MatricesSize + (blocks * blocks * Stage(0, 0).Size);

    private int MatricesSize => TTile.Points * TTile.Points * MatrixSize;

    // A cache line more than the numbers take: the matrices of all points are written side by side, and at a distance
    // that is a power of two they would fight over the same few lines of the cache.
    private int MatrixSize => (size.Channels * blocks * blocks * Columns) + CacheLine.Floats;

    /// <summary>The matrix of a point.</summary>
    public float* Matrix(float* memory, int point) => memory + ((long)point * MatrixSize);

    /// <summary>Fills the matrices from <paramref name="images"/> images in a row, from a row of tiles on.</summary>
    public void Fill<TSimd, TVector>(float* source, int images, int firstTileRow, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int block = 0; block < blocks * blocks; block++)
        {
            // Each block has memory of its own: what surrounds its image stays zero.
            var stage = Stage(block, firstTileRow);
            float* staged = memory + MatricesSize + (block * stage.Size);
            for (int plane = 0; plane < images * size.Channels; plane++)
            {
                float* pixels = source + ((long)plane * size.Area);
                if (block == 0 && plane + 1 < images * size.Channels)
                    CacheLine.Prefetch(pixels + size.Area, size.Area);
                stage.Fill<TSimd, TVector>(pixels, staged);
                int row = (plane % size.Channels * blocks * blocks) + block;
                float* target = memory + ((long)row * Columns) + (plane / size.Channels * ColumnsPerImage);
                for (int tile = 0; tile < ColumnsPerImage; tile += TSimd.Count)
                    WinogradTransform<TTile, TSimd, TVector>.Input(stage.View(staged, tile), target + tile, MatrixSize);
            }
        }
    }

    private TileStage Stage(int block, int firstTileRow) => new(
        size,
        before - (block / blocks * TTile.Taps) - (IWinogradTile.Outputs * firstTileRow),
        before - (block % blocks * TTile.Taps),
        grid,
        registers.Lanes);
}

/// <summary>
/// One channel of an image, taken apart so that what neighboring tiles see at the same position lies side by side.
/// </summary>
/// <remarks>
/// Tiles start every 4 pixels, so padded pixel (4 a + i, 4 b + j) goes to plane (i, j) at a gridColumns + b: one vector
/// load then takes pixel (i, j) of as many tiles as it has lanes, across the ends of rows too. A tile is wider than 4
/// and also sees pixel 4 (b + 1) + j: a second copy of each plane, one column further on, keeps that load contiguous
/// as well.
/// </remarks>
/// <param name="size">The image's extents.</param>
/// <param name="rowsBefore">Rows of zeros above it; a negative number cuts rows off.</param>
/// <param name="columnsBefore">Columns of zeros to its left, likewise.</param>
/// <param name="grid">The tiles.</param>
/// <param name="vectorLength">Lanes.</param>
internal readonly unsafe struct TileStage(
    ImageShape size, int rowsBefore, int columnsBefore, TileGrid grid, int vectorLength)
{
    private const int Copies = 2;

    private readonly int height = size.Height;
    private readonly int width = size.Width;
    private readonly int rows = grid.Rows + 1;
    private readonly int columns = grid.Columns;

    // Whole vectors are stored and loaded, so each plane has a vector's room at its end.
    private readonly int planeSize =
        Rounding.RoundUp(((grid.Rows + 1) * grid.Columns) + vectorLength, vectorLength);

    // A padded row, long enough for the last vector of four phases.
    private readonly int rowLength = 4 * Rounding.RoundUp(grid.Columns + 1, vectorLength);

    /// <summary>Floats of memory, which must be zero at first.</summary>
    public int Size => (16 * Copies * planeSize) + (4 * (rows + 1) * rowLength) + (2 * vectorLength);

    /// <summary>Fills the planes from one channel.</summary>
    /// <remarks>
    /// Padded as a whole first, because a load that straddles two stores still under way waits for both to reach the
    /// cache.
    /// </remarks>
    public void Fill<TSimd, TVector>(float* source, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* padded = memory + (16 * Copies * planeSize);
        float* phases = padded + (4 * rows * rowLength);
        Pad<TSimd, TVector>(source, padded);
        for (int a = 0; a < rows; a++)
        {
            SplitByFour<TSimd, TVector>(padded + (4 * a * rowLength), phases);
            CopyRows<TSimd, TVector>(phases, memory + (a * columns));
        }
    }

    /// <summary>What the tiles from <paramref name="tile"/> on see.</summary>
    public TileView View(float* memory, int tile) => new(
        memory + tile, 4 * Copies * planeSize, columns, Copies * planeSize, planeSize);

    private void Pad<TSimd, TVector>(float* source, float* padded)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int first = Math.Max(0, -columnsBefore);
        int count = Math.Min(width, rowLength - columnsBefore) - first;
        padded += columnsBefore + first;
        source += first - (rowsBefore * width);
        for (int y = -rowsBefore; y < (4 * rows) - rowsBefore; y++, padded += rowLength, source += width)
        {
            if (y >= 0 && y < height)
                SimdCopy.Run<TSimd, TVector>(source, padded, count);
            else
                new Span<float>(padded, count).Clear();
        }
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
    private void CopyRows<TSimd, TVector>(float* phases, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var body = new CopiedRows
        {
            Source = phases,
            SourceStride = rowLength / 4,
            Target = target,
            PlaneSize = planeSize,
        };
        RowLoop.Run<TSimd, TVector, CopiedRows>(ref body, columns);
    }

    /// <summary>A vector of each phase, to its plane and to the plane's copy.</summary>
    private struct CopiedRows : IRowBody
    {
        public float* Source;
        public int SourceStride;
        public float* Target;
        public int PlaneSize;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            float* source = Source + first;
            float* target = Target + first;
            for (int plane = 0; plane < 16; plane++, source += SourceStride, target += Copies * PlaneSize)
            {
                TSimd.Store(TSimd.Load(source), target);
                TSimd.Store(TSimd.Load(source + 1), target + PlaneSize);
            }
        }
    }
}
