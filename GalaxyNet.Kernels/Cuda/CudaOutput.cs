namespace GalaxyNet.Kernels;

/// <summary>
/// Where a product of the CUDA engine goes. Its columns are the pixels of one image after the other, its rows the
/// channels: element (m, n) is <c>[n / pixels, m, n % pixels]</c> of a tensor <c>[images, rows, pixels]</c>. A plain
/// matrix is the case of one image with as many pixels as columns.
/// </summary>
/// <remarks>
/// And what is done to its numbers on the way, while they are at hand: bias, ReLU, dropout, pooling; the moments
/// of its rows, and the sums of the left operand's. See <see cref="CudaEpilogue"/>.
/// </remarks>
internal struct CudaOutput
{
    private ArrayView<float> data;
    private ArrayView<float> bias;
    private ArrayView<float> means;
    private ArrayView<float> squares;
    private ArrayView<float> rowSums;
    private ArrayView<byte> indices;
    private ArrayView<float> activations;
    private DropoutMask dropout;
    private float reluScale;
    private long matrixSize;
    private int rows;
    private int columns;
    private int pixels;
    private int biasOfRow;
    private int biasOfColumn;
    private int appliesRelu;
    private int takesMoments;
    private int takesRowSums;
    private int passesRelu;
    private int pools;
    private int wide;

    public readonly int Rows => rows;
    public readonly int Columns => columns;

    /// <summary>Columns to compute: the product's, and one more for sums of rows.</summary>
    public readonly int ComputedColumns => columns + takesRowSums;

    /// <summary>1 if there is room for the moments of each tile's rows, else 0.</summary>
    public readonly int TakesMoments => takesMoments;

    /// <summary>1 if every four columns become one, else 0.</summary>
    public readonly int Pools => pools;

    /// <summary>A matrix [rows, columns].</summary>
    public static CudaOutput Matrix(ArrayView<float> data, int rows, int columns) => Images(data, 1, rows, columns);

    /// <summary>A tensor [images, rows, pixels].</summary>
    public static CudaOutput Images(ArrayView<float> data, int images, int rows, int pixels) => new()
    {
        data = data,
        bias = data,
        means = data,
        squares = data,
        rowSums = data,
        indices = data.Cast<byte>(),
        activations = data,
        rows = rows,
        columns = images * pixels,
        pixels = pixels,
        wide = Float4.Fits(data, pixels),
    };

    /// <summary>Matrices [matrices, rows, columns], one for each of as many products.</summary>
    public static CudaOutput Matrices(ArrayView<float> data, int rows, int columns) =>
        Matrix(data, rows, columns) with { matrixSize = (long)rows * columns };

    public readonly CudaOutput WithRowBias(ArrayView<float> rowBias) => this with { bias = rowBias, biasOfRow = 1 };

    public readonly CudaOutput WithColumnBias(ArrayView<float> columnBias) =>
        this with { bias = columnBias, biasOfColumn = 1 };

    /// <summary>With max(0, x) after the bias.</summary>
    public readonly CudaOutput WithRelu() => this with { appliesRelu = 1 };

    /// <summary>With dropout after the ReLU; of a matrix.</summary>
    public readonly CudaOutput With(DropoutMask mask) => this with { dropout = mask };

    /// <summary>
    /// With the way back through a ReLU, and through dropout that scales: nothing passes where they have made a zero.
    /// </summary>
    public readonly CudaOutput ThroughRelu(ArrayView<float> made, float scale) =>
        this with { activations = made, reluScale = scale, passesRelu = 1 };

    /// <summary>With room for the moments of each tile's rows: [rows, tiles across] each.</summary>
    public readonly CudaOutput WithMoments(ArrayView<float> rowMeans, ArrayView<float> rowSquares) =>
        this with { means = rowMeans, squares = rowSquares, takesMoments = 1 };

    /// <summary>
    /// With room for what comes after the last column, where the right operand has a line of ones: the sums of the left
    /// operand's rows.
    /// </summary>
    public readonly CudaOutput WithRowSums(ArrayView<float> sums) => this with { rowSums = sums, takesRowSums = 1 };

    /// <summary>
    /// With the ReLU and the maximum of every four columns, which are a square of windows, in their place; and its
    /// index, as <see cref="ReluMaxPool2d"/> keeps it.
    /// </summary>
    public readonly CudaOutput Pooled(ArrayView<byte> maxima) => this with { indices = maxima, pools = 1 };

    /// <summary>That of one of several products.</summary>
    public readonly CudaOutput OfMatrix(int matrix)
    {
        long first = matrix * matrixSize;
        return this with { data = data.SubView(first, data.Length - first) };
    }

    /// <summary>Stores four neighbors of a row.</summary>
    public readonly void Store(int row, int column, Float4 values)
    {
        if (row >= rows | column >= columns + takesRowSums)
            return;
        if (wide != 0 & column < columns)
        {
            int i = IndexOf(row, column);
            var finished = new Float4(
                Finish(values.X, row, column),
                Finish(values.Y, row, column + 1),
                Finish(values.Z, row, column + 2),
                Finish(values.W, row, column + 3));
            if (passesRelu != 0)
                finished = new Float4(
                    ThroughRelu(i, finished.X),
                    ThroughRelu(i + 1, finished.Y),
                    ThroughRelu(i + 2, finished.Z),
                    ThroughRelu(i + 3, finished.W));
            data.Cast<Float4>()[i / 4] = dropout.Applies != 0 ? dropout.OfFour(i, finished) : finished;
            return;
        }
        int end = IntrinsicMath.Min(column + 4, columns);
        for (int n = column; n < end; n++)
        {
            float finished = Finish(values.At(n - column), row, n);
            int i = IndexOf(row, n);
            if (passesRelu != 0)
                finished = ThroughRelu(i, finished);
            data[i] = dropout.Applies != 0 ? dropout.Of(i, finished) : finished;
        }
        if (takesRowSums != 0 & column + 4 > columns)
            rowSums[row] = values.At(columns - column);
    }

    /// <summary>Stores the maximum of a square of windows.</summary>
    public readonly void StoreMaximum(int row, int column, Float4 values)
    {
        if (row >= rows | column >= columns)
            return;
        float maximum = values.X + BiasAt(row, column);
        int index = 0;
        for (int n = 1; n < 4; n++)
        {
            float value = values.At(n) + BiasAt(row, column);
            if (value > maximum | float.IsNaN(value))
            {
                maximum = value;
                index = n;
            }
        }
        bool isBlocked = maximum <= 0f;
        int square = IndexOf(row, column) / 4;
        data[square] = isBlocked ? 0f : maximum;
        indices[square] = isBlocked ? ReluMaxPool2d.Blocked : (byte)index;
    }

    /// <summary>Stores the i-th moments, those of a row of a tile, given without the bias.</summary>
    public readonly void StoreMoments(int row, int i, float mean, float squaredDeviations)
    {
        if (row >= rows)
            return;
        means[i] = mean + BiasAt(row, 0);
        squares[i] = squaredDeviations;
    }

    private readonly int IndexOf(int row, int column)
    {
        int image = column / pixels;
        return (((image * rows) + row) * pixels) + (column - (image * pixels));
    }

    private readonly float Finish(float value, int row, int column)
    {
        float sum = value + BiasAt(row, column);
        return appliesRelu != 0 & sum <= 0f ? 0f : sum; // a NaN stays a NaN
    }

    private readonly float ThroughRelu(int i, float value) => ReluGradient.Of(activations[i], value, reluScale);

    private readonly float BiasAt(int row, int column) =>
        (biasOfRow + biasOfColumn) != 0 ? bias[(row * biasOfRow) + (column * biasOfColumn)] : 0f;
}
