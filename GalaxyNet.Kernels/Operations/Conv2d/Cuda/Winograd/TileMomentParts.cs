namespace GalaxyNet.Kernels;

/// <summary>
/// Where the moments of a channel's tiles go, a part for each group of threads: see <see cref="ChannelMoments"/>. All
/// tiles must be whole.
/// </summary>
/// <param name="means">[channels, parts].</param>
/// <param name="squares">[channels, parts].</param>
/// <param name="parts">Parts of a channel; none where no moments are taken.</param>
/// <param name="firstPart">The part of a channel's first group.</param>
internal readonly struct TileMomentParts(
    ArrayView<float> means, ArrayView<float> squares, int parts, int firstPart)
{
    /// <summary>The numbers of a tile.</summary>
    public const int NumbersOfTile = ImageTiles.Step * ImageTiles.Step;

    /// <summary>The numbers of a part.</summary>
    public const int NumbersOfPart = GroupSum.MaxGroupSize * NumbersOfTile;

    private readonly ArrayView<float> means = means;
    private readonly ArrayView<float> squares = squares;
    private readonly int parts = parts;
    private readonly int firstPart = firstPart;

    /// <summary>1 if moments are taken, else 0.</summary>
    public int AreTaken => parts > 0 ? 1 : 0;

    /// <summary>
    /// Stores the moments of a group's tiles: first their mean, then the squared deviations from it. All threads of the
    /// group must call it.
    /// </summary>
    /// <param name="channel">The tiles' channel.</param>
    /// <param name="group">Which of the channel's groups this is.</param>
    /// <param name="tiles">Tiles of the channel.</param>
    /// <param name="outputs">The current thread's tile, if there is such a tile.</param>
    public void Store(int channel, int group, int tiles, Square outputs)
    {
        int tilesOfGroup = IntrinsicMath.Min(tiles - (group * GroupSum.MaxGroupSize), GroupSum.MaxGroupSize);
        bool exists = Group.IdxX < tilesOfGroup;
        float mean = GroupSum.Of(exists ? outputs.SumOfCorner : 0f) / (tilesOfGroup * NumbersOfTile);
        float deviations = SquaresOf(outputs.Row0, mean) + SquaresOf(outputs.Row1, mean)
            + SquaresOf(outputs.Row2, mean) + SquaresOf(outputs.Row3, mean);
        float squaredDeviations = GroupSum.Of(exists ? deviations : 0f);
        if (!Group.IsFirstThread)
            return;
        int i = (channel * parts) + firstPart + group;
        means[i] = mean;
        squares[i] = squaredDeviations;
    }

    private static float SquaresOf(Eight line, float mean) =>
        Squared(line.X0 - mean) + Squared(line.X1 - mean) + Squared(line.X2 - mean) + Squared(line.X3 - mean);

    private static float Squared(float value) => value * value;
}
