namespace GalaxyNet.Kernels;

/// <summary>The planes of images, cut into square windows that do not overlap; rows and columns left over at the end have none.</summary>
/// <param name="height">Rows of a plane.</param>
/// <param name="width">Columns of a plane.</param>
/// <param name="kernel">The side of a window.</param>
internal readonly struct WindowedPlanes(int height, int width, int kernel)
{
    private readonly int height = height;

    /// <summary>Columns of a plane.</summary>
    public int Width { get; } = width;

    /// <summary>The side of a window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Windows of a plane.</summary>
    public int Windows { get; } = height / kernel * (width / kernel);

    /// <summary>Pixels of a plane.</summary>
    public int Pixels => height * Width;

    /// <summary>Tiles as large as a window that cover a plane, the last of each row and column clipped.</summary>
    public int Tiles => TilesDown * TilesAcross;

    private int WindowsDown => height / Kernel;

    private int WindowsAcross => Width / Kernel;

    private int TilesDown => (height + Kernel - 1) / Kernel;

    private int TilesAcross => (Width + Kernel - 1) / Kernel;

    /// <summary>Where in a plane a window begins.</summary>
    public int CornerOf(int window)
    {
        int row = window / WindowsAcross;
        return (row * Kernel * Width) + ((window - (row * WindowsAcross)) * Kernel);
    }

    /// <summary>Where in a plane a tile begins, how far it goes, and which window it is: none if it is clipped.</summary>
    public Tile TileAt(int tile)
    {
        int row = tile / TilesAcross;
        int column = tile - (row * TilesAcross);
        bool isWindow = row < WindowsDown & column < WindowsAcross;
        return new Tile(
            (row * Kernel * Width) + (column * Kernel),
            ILGPU.IntrinsicMath.Min(Kernel, height - (row * Kernel)),
            ILGPU.IntrinsicMath.Min(Kernel, Width - (column * Kernel)),
            isWindow ? (row * WindowsAcross) + column : Tile.NoWindow);
    }

    /// <summary>A part of a plane.</summary>
    /// <param name="corner">Where it begins.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="window">The number of the window that it is.</param>
    internal readonly struct Tile(int corner, int rows, int columns, int window)
    {
        public const int NoWindow = -1;

        public int Corner { get; } = corner;

        public int Rows { get; } = rows;

        public int Columns { get; } = columns;

        public int Window { get; } = window;
    }
}
