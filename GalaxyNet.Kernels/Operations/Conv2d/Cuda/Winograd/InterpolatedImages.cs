namespace GalaxyNet.Kernels;

/// <summary>Products at the points, and the outputs of a convolution that they make.</summary>
/// <param name="products">A row for each channel, a column for each tile.</param>
/// <param name="tiles">The tiles of the outputs.</param>
/// <param name="isWide">1 where four neighbors may be written at once: see <see cref="Float4.Fits"/>.</param>
/// <param name="bias">Of each channel.</param>
/// <param name="hasBias">1 or 0.</param>
/// <param name="moments">Where the moments of each group's outputs go.</param>
internal readonly struct InterpolatedImages(
    PointMatrices products,
    ImageTiles tiles,
    int isWide,
    ArrayView<float> bias = default,
    int hasBias = 0,
    TileMomentParts moments = default)
{
    private readonly PointMatrices products = products;
    private readonly ImageTiles tiles = tiles;
    private readonly int isWide = isWide;
    private readonly ArrayView<float> bias = bias;
    private readonly int hasBias = hasBias;
    private readonly TileMomentParts moments = moments;

    /// <summary>Groups that take part.</summary>
    public int Groups => tiles.Groups;

    /// <summary>A^T m A, and the bias.</summary>
    public void Interpolate<TMaps>(int group)
        where TMaps : struct, IWinogradMaps
    {
        int channel = tiles.ChannelOf(group);
        int tile = tiles.TileOf(group);
        var outputs = default(Square);
        if (tile < tiles.Count)
        {
            outputs = products.Read<TMaps>(channel, tile).Map<OutputMap<TMaps>>();
            if (hasBias != 0)
                outputs = outputs.PlusInCorner(bias[channel]);
            Write(tiles.PlaceOf(channel, tile), outputs);
        }
        if (moments.AreTaken != 0)
            moments.Store(channel, tiles.IndexInChannel(group), tiles.Count, outputs);
    }

    private void Write(TilePlace place, Square outputs)
    {
        WriteLine(place, 0, outputs.Row0);
        WriteLine(place, 1, outputs.Row1);
        WriteLine(place, 2, outputs.Row2);
        WriteLine(place, 3, outputs.Row3);
    }

    private void WriteLine(TilePlace place, int line, Eight outputs)
    {
        if (place.Row + line >= tiles.Height)
            return;
        var pixels = tiles.Pixels;
        int i = place.Plane + ((place.Row + line) * tiles.Width) + place.Column;
        if (isWide != 0)
        {
            pixels.Cast<Float4>()[i / 4] = new Float4(outputs.X0, outputs.X1, outputs.X2, outputs.X3);
            return;
        }
        int left = tiles.Width - place.Column;
        pixels[i] = outputs.X0;
        if (left > 1)
            pixels[i + 1] = outputs.X1;
        if (left > 2)
            pixels[i + 2] = outputs.X2;
        if (left > 3)
            pixels[i + 3] = outputs.X3;
    }
}
