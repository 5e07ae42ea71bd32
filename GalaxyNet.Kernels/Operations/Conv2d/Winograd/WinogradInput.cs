namespace GalaxyNet.Kernels;

/// <summary>A few images evaluated at the points: for each point a matrix [channels, columns], a column for each tile.</summary>
/// <remarks>
/// Each image has a whole number of vectors of columns, and all of them together a whole number of register tiles, so columns past
/// the last tile are computed and never used.
///
/// A filter larger than the tile's is split into blocks of the tile's size. Block (a, b) of a channel sees the image r a pixels
/// further up and r b further left, and is a channel to the matrices: a sum over more channels, with one interpolation.
/// </remarks>
internal readonly unsafe struct WinogradInput<TTile>
    where TTile : struct, IWinogradTile
{
    private readonly ImageShape size;
    private readonly int before;
    private readonly TileGrid grid;
    private readonly int blocks;
    private readonly int vectorLength;

    /// <summary>Lays out the memory.</summary>
    /// <param name="size">The images' extents.</param>
    /// <param name="before">Zeros above and to the left.</param>
    /// <param name="blocks">Blocks along a side that the filters are split into; each sees channels of its own.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="images">Images at a time.</param>
    /// <param name="vectorLength">Lanes.</param>
    public WinogradInput(
        ImageShape size,
        int before,
        int blocks,
        TileGrid grid,
        int images,
        int vectorLength)
    {
        this.size = size;
        this.before = before;
        this.blocks = blocks;
        this.grid = grid;
        this.vectorLength = vectorLength;
        ColumnsPerImage = Rounding.RoundUp(grid.Count, vectorLength);
        Columns = Rounding.RoundUp(images * ColumnsPerImage, OuterProductTile.ColumnsFor(vectorLength));
    }

    /// <summary>Columns of each image.</summary>
    public int ColumnsPerImage { get; }

    /// <summary>Columns of a matrix.</summary>
    public int Columns { get; }

    /// <summary>Floats of memory for the matrices and the stage, which must be zero at first.</summary>
    public int Size => MatricesSize + (blocks * blocks * Stage(0, 0).Size);

    private int MatricesSize => TTile.Points * TTile.Points * MatrixSize;

    // A cache line more than the numbers take: the matrices of all points are written side by side, and at a distance that is a
    // power of two they would fight over the same few places in the cache.
    private int MatrixSize => (size.Channels * blocks * blocks * Columns) + 16;

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
                stage.Fill<TSimd, TVector>(source + ((long)plane * size.Area), staged);
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
        vectorLength);
}
