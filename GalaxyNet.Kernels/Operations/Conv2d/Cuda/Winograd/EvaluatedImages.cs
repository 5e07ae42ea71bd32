namespace GalaxyNet.Kernels;

/// <summary>Tiles that are inputs of a convolution, and where their values at the points go.</summary>
/// <param name="tiles">The tiles.</param>
/// <param name="values">A row for each channel, a column for each tile.</param>
internal readonly struct EvaluatedImages(ImageTiles tiles, PointMatrices values)
{
    private readonly ImageTiles tiles = tiles;
    private readonly PointMatrices values = values;

    /// <summary>Groups that take part.</summary>
    public int Groups => tiles.Groups;

    /// <summary>B^T x B.</summary>
    public void Evaluate<TMaps>(int group)
        where TMaps : struct, IWinogradMaps
    {
        int channel = tiles.ChannelOf(group);
        int tile = tiles.TileOf(group);
        if (tile < tiles.Count)
            values.Write<TMaps>(
                channel, tile, tiles.Read(tiles.PlaceOf(channel, tile), TMaps.Points).Map<InputMap<TMaps>>());
    }
}
