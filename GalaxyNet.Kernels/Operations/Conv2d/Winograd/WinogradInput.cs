namespace GalaxyNet.Kernels;

/// <summary>A few pictures evaluated at the points: for each point a matrix [channels, columns], a column for each tile.</summary>
/// <remarks>
/// Each picture has a whole number of vectors of columns, and all of them together a whole number of register tiles, so columns past
/// the last tile are computed and never used.
/// </remarks>
internal readonly unsafe struct WinogradInput<TTile>
    where TTile : struct, IWinogradTile
{
    private readonly PictureSize size;
    private readonly TileStage stage;
    private readonly int span;

    /// <summary>Lays out the memory.</summary>
    /// <param name="size">The pictures' extents.</param>
    /// <param name="before">Zeros above and to the left.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="span">How far a tile sees: the points for an input, 4 for an output gradient.</param>
    /// <param name="pictures">Pictures at a time.</param>
    /// <param name="vectorLength">Lanes.</param>
    /// <param name="rowMultiple">What the rows of a matrix are filled up to a multiple of.</param>
    public WinogradInput(
        PictureSize size, int before, TileGrid grid, int span, int pictures, int vectorLength, int rowMultiple)
    {
        this.size = size;
        this.span = span;
        stage = new TileStage(size, before, grid, span, vectorLength);
        ColumnsPerPicture = TileGrid.RoundUp(grid.Count, vectorLength);
        Columns = TileGrid.RoundUp(pictures * ColumnsPerPicture, OuterProductTile.ColumnsFor(vectorLength));
        Rows = TileGrid.RoundUp(size.Channels, rowMultiple);
    }

    /// <summary>Columns of each picture.</summary>
    public int ColumnsPerPicture { get; }

    /// <summary>Columns of a matrix.</summary>
    public int Columns { get; }

    /// <summary>Rows of a matrix: the channels and some more, which stay zero.</summary>
    public int Rows { get; }

    /// <summary>Floats of memory for the matrices and the stage, which must be zero at first.</summary>
    public int Size => MatricesSize + stage.Size;

    private int MatricesSize => TTile.Points * TTile.Points * Rows * Columns;

    /// <summary>The matrix of a point.</summary>
    public float* Matrix(float* memory, int point) => memory + ((long)point * Rows * Columns);

    /// <summary>Fills the matrices from <paramref name="pictures"/> pictures in a row.</summary>
    public void Fill<TSimd, TVector>(float* source, int pictures, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* staged = memory + MatricesSize;
        for (int picture = 0; picture < pictures; picture++)
        {
            for (int channel = 0; channel < size.Channels; channel++, source += size.Area)
            {
                stage.Fill<TSimd, TVector>(source, staged);
                float* target = memory + ((long)channel * Columns) + (picture * ColumnsPerPicture);
                for (int tile = 0; tile < ColumnsPerPicture; tile += TSimd.Count)
                    Transform<TSimd, TVector>(staged, tile, target + tile);
            }
        }
    }

    private void Transform<TSimd, TVector>(float* staged, int tile, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* places = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Places];
        stage.Load<TSimd, TVector>(staged, tile, span, places);
        if (span == IWinogradTile.Outputs)
            WinogradTransform<TTile, TSimd, TVector>.OutputGradient(places);
        else
            WinogradTransform<TTile, TSimd, TVector>.Input(places);
        for (int i = 0; i < TTile.Points; i++)
        {
            for (int j = 0; j < TTile.Points; j++, target += (long)Rows * Columns)
                TSimd.Store(places[(8 * i) + j], target);
        }
    }
}
