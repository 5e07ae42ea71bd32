namespace GalaxyNet.Kernels;

/// <summary>
/// For each point of a fast convolution a matrix [rows, columns], one after the other: what the products read and
/// write. Neighboring threads have neighboring columns, and so write and read neighboring numbers.
/// </summary>
/// <param name="numbers">Where they are.</param>
/// <param name="rows">Rows of a matrix.</param>
/// <param name="columns">Columns of a matrix.</param>
internal readonly struct PointMatrices(ArrayView<float> numbers, int rows, int columns)
{
    private readonly ArrayView<float> numbers = numbers;
    private readonly int rows = rows;
    private readonly int columns = columns;

    /// <summary>Rows of a matrix.</summary>
    public int Rows => rows;

    /// <summary>Columns of a matrix.</summary>
    public int Columns => columns;

    /// <summary>Where the first matrix begins.</summary>
    public ArrayView<float> Numbers => numbers;

    /// <summary>Numbers of a matrix.</summary>
    public int MatrixSize => rows * columns;

    /// <summary>Columns for so many tiles or channels, up to a multiple of four.</summary>
    public static int ColumnsFor(int count) => Rounding.RoundUp(count, 4);

    /// <summary>An element of each point's matrix.</summary>
    public Square Read<TMaps>(int row, int column)
        where TMaps : struct, IWinogradMaps
    {
        int first = (row * columns) + column;
        return new Square(
            ReadLine<TMaps>(first, 0),
            ReadLine<TMaps>(first, 1),
            ReadLine<TMaps>(first, 2),
            ReadLine<TMaps>(first, 3),
            ReadLine<TMaps>(first, 4),
            ReadLine<TMaps>(first, 5),
            TMaps.Points > 6 ? ReadLine<TMaps>(first, 6) : default,
            TMaps.Points > 6 ? ReadLine<TMaps>(first, 7) : default);
    }

    /// <summary>Writes an element of each point's matrix.</summary>
    public void Write<TMaps>(int row, int column, Square values)
        where TMaps : struct, IWinogradMaps
    {
        int first = (row * columns) + column;
        WriteLine<TMaps>(first, 0, values.Row0);
        WriteLine<TMaps>(first, 1, values.Row1);
        WriteLine<TMaps>(first, 2, values.Row2);
        WriteLine<TMaps>(first, 3, values.Row3);
        WriteLine<TMaps>(first, 4, values.Row4);
        WriteLine<TMaps>(first, 5, values.Row5);
        if (TMaps.Points > 6)
        {
            WriteLine<TMaps>(first, 6, values.Row6);
            WriteLine<TMaps>(first, 7, values.Row7);
        }
    }

    private Eight ReadLine<TMaps>(int first, int line)
        where TMaps : struct, IWinogradMaps
    {
        int size = MatrixSize;
        int i = first + (line * TMaps.Points * size);
        return new Eight(
            numbers[i],
            numbers[i + size],
            numbers[i + (2 * size)],
            numbers[i + (3 * size)],
            numbers[i + (4 * size)],
            numbers[i + (5 * size)],
            TMaps.Points > 6 ? numbers[i + (6 * size)] : 0f,
            TMaps.Points > 6 ? numbers[i + (7 * size)] : 0f);
    }

    private void WriteLine<TMaps>(int first, int line, Eight values)
        where TMaps : struct, IWinogradMaps
    {
        int size = MatrixSize;
        int i = first + (line * TMaps.Points * size);
        numbers[i] = values.X0;
        numbers[i + size] = values.X1;
        numbers[i + (2 * size)] = values.X2;
        numbers[i + (3 * size)] = values.X3;
        numbers[i + (4 * size)] = values.X4;
        numbers[i + (5 * size)] = values.X5;
        if (TMaps.Points > 6)
        {
            numbers[i + (6 * size)] = values.X6;
            numbers[i + (7 * size)] = values.X7;
        }
    }
}
