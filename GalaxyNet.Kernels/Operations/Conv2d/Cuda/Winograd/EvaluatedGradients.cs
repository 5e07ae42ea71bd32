namespace GalaxyNet.Kernels;

/// <summary>Tiles of an output's gradient, and where their values at the points go.</summary>
/// <param name="tiles">The tiles.</param>
/// <param name="values">A row for each channel, a column for each tile.</param>
/// <param name="sums">The sums of the groups' tiles, for each channel: the bias's gradient in parts.</param>
/// <param name="sumsOfChannel">How many a channel has.</param>
/// <param name="firstSum">The first of them that these groups make.</param>
internal readonly struct EvaluatedGradients(
    ImageTiles tiles, PointMatrices values, ArrayView<float> sums, int sumsOfChannel, int firstSum)
{
    private readonly ImageTiles tiles = tiles;
    private readonly PointMatrices values = values;
    private readonly ArrayView<float> sums = sums;
    private readonly int sumsOfChannel = sumsOfChannel;
    private readonly int firstSum = firstSum;

    /// <summary>Groups that take part.</summary>
    public int Groups => tiles.Groups;

    /// <summary>A y A^T.</summary>
    public void Evaluate<TMaps>(int group)
        where TMaps : struct, IWinogradMaps
    {
        int channel = tiles.ChannelOf(group);
        int tile = tiles.TileOf(group);
        float sum = 0f;
        if (tile < tiles.Count)
        {
            var gradient = tiles.Read(tiles.PlaceOf(channel, tile), ImageTiles.Step);
            values.Write<TMaps>(channel, tile, gradient.Map<OutputGradientMap<TMaps>>());
            sum = gradient.SumOfCorner;
        }
        sum = GroupSum.Of(sum);
        if (Group.IsFirstThread)
            sums[(channel * sumsOfChannel) + firstSum + tiles.IndexInChannel(group)] = sum;
    }
}
