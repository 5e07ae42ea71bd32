namespace GalaxyNet.Kernels;

/// <summary>Filters, and where their values at the points go.</summary>
/// <param name="weight">The filters, [outChannels, inChannels, taps, taps].</param>
/// <param name="values">
/// A row for each channel that the products sum over, a column for each of the others, up to a multiple of four.
/// </param>
/// <param name="columns">Columns that there are.</param>
/// <param name="columnStep">Filters from one column to the next.</param>
/// <param name="rowStep">Filters from one row to the next.</param>
/// <param name="isTurned">1 for the input's gradient, which takes the taps from the last to the first.</param>
internal readonly struct EvaluatedFilters(
    ArrayView<float> weight, PointMatrices values, int columns, int columnStep, int rowStep, int isTurned)
{
    private readonly ArrayView<float> weight = weight;
    private readonly PointMatrices values = values;
    private readonly int columns = columns;
    private readonly int columnStep = columnStep;
    private readonly int rowStep = rowStep;
    private readonly int isTurned = isTurned;

    /// <summary>A row for each input channel, a column for each output channel.</summary>
    public static EvaluatedFilters Of(Conv2dGeometry geometry, Tensor weight, PointMatrices values) =>
        new(weight.Data, values, geometry.OutChannels, geometry.InChannels, 1, isTurned: 0);

    /// <summary>A row for each output channel, a column for each input channel.</summary>
    public static EvaluatedFilters Turned(Conv2dGeometry geometry, Tensor weight, PointMatrices values) =>
        new(weight.Data, values, geometry.InChannels, 1, geometry.InChannels, isTurned: 1);

    /// <summary>Groups that take part.</summary>
    public int Groups => Rounding.CeilingDivide(values.MatrixSize, GroupSum.MaxGroupSize);

    /// <summary>G w G^T.</summary>
    public void Evaluate<TMaps>(int group)
        where TMaps : struct, IWinogradMaps
    {
        int i = (group * GroupSum.MaxGroupSize) + Group.IdxX;
        int row = i / values.Columns;
        int column = i - (row * values.Columns);
        if (row < values.Rows & column < columns)
            values.Write<TMaps>(
                row, column, Read<TMaps>((row * rowStep) + (column * columnStep)).Map<FilterMap<TMaps>>());
    }

    private Square Read<TMaps>(int filter)
        where TMaps : struct, IWinogradMaps
    {
        int size = TMaps.Taps * TMaps.Taps;
        int first = (filter * size) + (isTurned * (size - 1));
        return new Square(
            ReadLine<TMaps>(first, 0),
            ReadLine<TMaps>(first, 1),
            ReadLine<TMaps>(first, 2),
            TMaps.Taps > 3 ? ReadLine<TMaps>(first, 3) : default,
            TMaps.Taps > 3 ? ReadLine<TMaps>(first, 4) : default,
            default,
            default,
            default);
    }

    private Eight ReadLine<TMaps>(int first, int line)
        where TMaps : struct, IWinogradMaps
    {
        int step = 1 - (2 * isTurned);
        int i = first + (step * line * TMaps.Taps);
        return new Eight(
            weight[i],
            weight[i + step],
            weight[i + (2 * step)],
            TMaps.Taps > 3 ? weight[i + (3 * step)] : 0f,
            TMaps.Taps > 3 ? weight[i + (4 * step)] : 0f);
    }
}
