using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// Where a product goes. Its columns are the pixels of one picture after the other, its rows the channels:
/// element (m, n) is <c>[n / pixels, m, n % pixels]</c> of a tensor <c>[pictures, rows, pixels]</c>.
/// A plain matrix is the case of one picture with as many pixels as columns.
/// </summary>
internal readonly struct TileOutput
{
    private readonly ArrayView<float> data;
    private readonly ArrayView<float> bias;
    private readonly int rows;
    private readonly int columns;
    private readonly int pixels;
    private readonly int biasOfRow;
    private readonly int biasOfColumn;
    private readonly int wide;

    private TileOutput(
        ArrayView<float> data, int rows, int columns, int pixels, ArrayView<float> bias, int biasOfRow, int biasOfColumn)
    {
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.pixels = pixels;
        this.bias = bias;
        this.biasOfRow = biasOfRow;
        this.biasOfColumn = biasOfColumn;
        wide = Alignment.AllowsFloat4(data, pixels);
    }

    public int Count => rows * columns;

    public int Rows => rows;

    public int Columns => columns;

    public ArrayView<float> Data => data;

    /// <summary>A matrix [rows, columns].</summary>
    public static TileOutput Matrix(ArrayView<float> data, int rows, int columns) =>
        new(data, rows, columns, columns, data, 0, 0);

    /// <summary>A tensor [pictures, rows, pixels].</summary>
    public static TileOutput Pictures(ArrayView<float> data, int pictures, int rows, int pixels) =>
        new(data, rows, pictures * pixels, pixels, data, 0, 0);

    public TileOutput WithRowBias(ArrayView<float> rowBias) => new(data, rows, columns, pixels, rowBias, 1, 0);

    public TileOutput WithColumnBias(ArrayView<float> columnBias) => new(data, rows, columns, pixels, columnBias, 0, 1);

    /// <summary>The same product in other memory: a workspace of partial sums, one complete output after the other.</summary>
    public TileOutput In(ArrayView<float> workspace) =>
        new(workspace, rows, columns, pixels, bias, biasOfRow, biasOfColumn);

    /// <summary>
    /// Stores four neighbours of a row. The first part of a split sum brings the bias;
    /// each part goes to its own place.
    /// </summary>
    public void Store(int row, int column, Float4 values, int part)
    {
        if (row >= rows | column >= columns)
            return;
        if (wide != 0)
        {
            data.Cast<Float4>()[IndexOf(row, column, part) / 4] = new Float4(
                values.X + Bias(row, column, part),
                values.Y + Bias(row, column + 1, part),
                values.Z + Bias(row, column + 2, part),
                values.W + Bias(row, column + 3, part));
            return;
        }
        int end = IntrinsicMath.Min(column + 4, columns);
        for (int i = column; i < end; i++)
            data[IndexOf(row, i, part)] = values.At(i - column) + Bias(row, i, part);
    }

    private int IndexOf(int row, int column, int part)
    {
        int picture = column / pixels;
        return (part * rows * columns) + (((picture * rows) + row) * pixels) + (column - (picture * pixels));
    }

    private float Bias(int row, int column, int part) =>
        part == 0 & (biasOfRow + biasOfColumn) != 0 ? bias[(row * biasOfRow) + (column * biasOfColumn)] : 0f;
}
