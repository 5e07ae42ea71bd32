namespace GalaxyNet.Kernels;

/// <summary>
/// What a group computes: a tile, and of it a part of the sums; all parts of one product come together.
/// </summary>
/// <param name="row">The tile's row of tiles.</param>
/// <param name="column">The tile's column of tiles.</param>
/// <param name="part">The part, counted through all products.</param>
internal readonly struct CudaPlace(int row, int column, int part)
{
    public readonly int Row = row;
    public readonly int Column = column;
    public readonly int Part = part;

    /// <summary>That of the current group, where the grid is that of the tiles and parts.</summary>
    public static CudaPlace OfGrid => new(Grid.IdxY, Grid.IdxX, Grid.IdxZ);

    /// <summary>That of one of the groups of a plan, where these are counted in one row.</summary>
    public static CudaPlace Of(int group, int across, int down)
    {
        int row = group / across;
        int part = row / down;
        return new CudaPlace(row - (part * down), group - (row * across), part);
    }

    /// <summary>What <see cref="Keep"/> has kept.</summary>
    public static CudaPlace Kept(ArrayView<int> numbers) => new(numbers[0], numbers[1], numbers[2]);

    /// <summary>Keeps it in three numbers.</summary>
    public void Keep(ArrayView<int> numbers)
    {
        numbers[0] = Row;
        numbers[1] = Column;
        numbers[2] = Part;
    }
}
