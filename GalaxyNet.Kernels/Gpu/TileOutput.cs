namespace GalaxyNet.Kernels;

/// <summary>
/// Where a product goes. Its columns are the pixels of one image after the other, its rows the channels:
/// element (m, n) is <c>[n / pixels, m, n % pixels]</c> of a tensor <c>[images, rows, pixels]</c>.
/// A plain matrix is the case of one image with as many pixels as columns.
/// </summary>
/// <remarks>The epilogue on the way there: a bias, the ReLU, and moments by <see cref="TileMoments"/>.</remarks>
internal struct TileOutput
{
    private ArrayView<float> data;
    private ArrayView<float> bias;
    private ArrayView<float> means;
    private ArrayView<float> squares;
    private int rows;
    private int columns;
    private int pixels;
    private int biasOfRow;
    private int biasOfColumn;
    private int appliesRelu;
    private int hasMoments;
    private int wide;

    public readonly int Count => rows * columns;
    public readonly int Rows => rows;
    public readonly int Columns => columns;
    public readonly ArrayView<float> Data => data;

    /// <summary>1 if negative numbers become zeros, else 0.</summary>
    public readonly int AppliesRelu => appliesRelu;

    /// <summary>Whether there is room for moments.</summary>
    public readonly bool HasMoments => hasMoments != 0;

    /// <summary>A matrix [rows, columns].</summary>
    public static TileOutput Matrix(ArrayView<float> data, int rows, int columns) => Images(data, 1, rows, columns);

    /// <summary>A tensor [images, rows, pixels].</summary>
    public static TileOutput Images(ArrayView<float> data, int images, int rows, int pixels) => new()
    {
        data = data,
        bias = data,
        means = data,
        squares = data,
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
    /// With room for the moments of each row of a tile, or of a block of <see cref="SplitSumMoments"/>: [rows, tiles or
    /// blocks across] each.
    /// </summary>
    public readonly TileOutput WithMoments(ArrayView<float> rowMeans, ArrayView<float> rowSquares) =>
        this with { means = rowMeans, squares = rowSquares, hasMoments = 1 };

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

    /// <summary>Stores the moments of a row of the current group's tile, given without the bias.</summary>
    public readonly void StoreMoments(int row, float mean, float squaredDeviations)
    {
        if (row >= rows)
            return;
        int i = (row * Grid.DimX) + Grid.IdxX;
        means[i] = mean + BiasAt(row, 0, 0);
        squares[i] = squaredDeviations;
    }

    /// <summary>
    /// Adds the parts of four neighbors of a row, always in the same order, stores the sums, and tells their moments.
    /// </summary>
    public readonly Moments StoreSum(ArrayView<float> parts, int partCount, int row, int column)
    {
        if (wide != 0)
        {
            int i = IndexOf(row, column, 0) / 4;
            var sum = SumOfFour(parts.Cast<Float4>(), partCount, i);
            data.Cast<Float4>()[i] = sum;
            return Moments.Of(sum.X, sum.Y, sum.Z, sum.W);
        }
        var moments = default(Moments);
        int end = IntrinsicMath.Min(column + 4, columns);
        for (int at = column; at < end; at++)
        {
            int i = IndexOf(row, at, 0);
            float sum = 0f;
            for (int part = 0; part < partCount; part++)
                sum += parts[(part * rows * columns) + i];
            data[i] = sum;
            moments = moments.Join(new Moments(1f, sum, 0f));
        }
        return moments;
    }

    /// <summary>Stores the moments of a row's block of columns, of which there are so many.</summary>
    public readonly void StoreMoments(int row, int block, int blocks, Moments moments)
    {
        means[(row * blocks) + block] = moments.Mean;
        squares[(row * blocks) + block] = moments.Squares;
    }

    private readonly Float4 SumOfFour(ArrayView<Float4> parts, int partCount, int i)
    {
        var sum = default(Float4);
        for (int part = 0; part < partCount; part++)
            sum = sum.PlusProduct(1f, parts[(part * (rows * columns / 4)) + i]);
        return sum;
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
