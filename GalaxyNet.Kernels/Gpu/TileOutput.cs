namespace GalaxyNet.Kernels;

/// <summary>
/// Where a product goes. Its columns are the pixels of one image after the other, its rows the channels:
/// element (m, n) is <c>[n / pixels, m, n % pixels]</c> of a tensor <c>[images, rows, pixels]</c>.
/// A plain matrix is the case of one image with as many pixels as columns.
/// </summary>
/// <remarks>The epilogue on the way there: a bias, and the ReLU.</remarks>
internal struct TileOutput
{
    private ArrayView<float> data;
    private ArrayView<float> bias;
    private int rows;
    private int columns;
    private int pixels;
    private int biasOfRow;
    private int biasOfColumn;
    private int appliesRelu;
    private int wide;

    public readonly int Count => rows * columns;
    public readonly int Rows => rows;
    public readonly int Columns => columns;
    public readonly ArrayView<float> Data => data;

    /// <summary>1 if negative numbers become zeros, else 0.</summary>
    public readonly int AppliesRelu => appliesRelu;

    /// <summary>A matrix [rows, columns].</summary>
    public static TileOutput Matrix(ArrayView<float> data, int rows, int columns) => Images(data, 1, rows, columns);

    /// <summary>A tensor [images, rows, pixels].</summary>
    public static TileOutput Images(ArrayView<float> data, int images, int rows, int pixels) => new()
    {
        data = data,
        bias = data,
        rows = rows,
        columns = images * pixels,
        pixels = pixels,
        wide = Float4.Fits(data, pixels),
    };

    public readonly TileOutput WithRowBias(ArrayView<float> rowBias) => this with { bias = rowBias, biasOfRow = 1 };

    public readonly TileOutput WithColumnBias(ArrayView<float> columnBias) =>
        this with { bias = columnBias, biasOfColumn = 1 };

    /// <summary>With max(0, x) after the bias.</summary>
    public readonly TileOutput WithRelu() => this with { appliesRelu = 1 };

    /// <summary>
    /// The same product in other memory: a workspace of partial sums, one complete output after the other. They cannot
    /// pass through the ReLU yet.
    /// </summary>
    public readonly TileOutput In(ArrayView<float> workspace) =>
        this with { data = workspace, appliesRelu = 0, wide = Float4.Fits(workspace, pixels) };

    /// <summary>
    /// Stores four neighbors of a row. The first part of a split sum brings the bias; each part goes to memory of its
    /// own.
    /// </summary>
    public readonly void Store(int row, int column, Float4 values, int part)
    {
        if (row >= rows | column >= columns)
            return;
        if (wide != 0)
        {
            data.Cast<Float4>()[IndexOf(row, column, part) / 4] = new Float4(
                Finish(values.X, row, column, part),
                Finish(values.Y, row, column + 1, part),
                Finish(values.Z, row, column + 2, part),
                Finish(values.W, row, column + 3, part));
            return;
        }
        int end = IntrinsicMath.Min(column + 4, columns);
        for (int i = column; i < end; i++)
            data[IndexOf(row, i, part)] = Finish(values.At(i - column), row, i, part);
    }

    private readonly int IndexOf(int row, int column, int part)
    {
        int image = column / pixels;
        return (part * rows * columns) + (((image * rows) + row) * pixels) + (column - (image * pixels));
    }

    private readonly float Finish(float value, int row, int column, int part)
    {
        float sum = value + BiasAt(row, column, part);
        return appliesRelu != 0 & sum <= 0f ? 0f : sum; // a NaN stays a NaN
    }

    private readonly float BiasAt(int row, int column, int part) =>
        part == 0 & (biasOfRow + biasOfColumn) != 0 ? bias[(row * biasOfRow) + (column * biasOfColumn)] : 0f;
}
