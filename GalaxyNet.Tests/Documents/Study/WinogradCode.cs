namespace GalaxyNet.Tests;

/// <summary>The maps of the fast convolutions, read from what they make of zeros with a one among them.</summary>
internal static class WinogradCode
{
    private const int Side = 8; // of a tile, as WinogradTransform lays it out

    /// <summary>The matrix of a map along a line, with numbers in registers.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="map">The map.</param>
    public static double[,] MatrixOf(int rows, int columns, Func<Eight, Eight> map)
    {
        var matrix = new double[rows, columns];
        for (int column = 0; column < columns; column++)
        {
            float[] one = OneAt(column, Side);
            var image = map(new Eight(one[0], one[1], one[2], one[3], one[4], one[5], one[6], one[7]));
            float[] numbers = [image.X0, image.X1, image.X2, image.X3, image.X4, image.X5, image.X6, image.X7];
            for (int row = 0; row < rows; row++)
                matrix[row, column] = numbers[row];
        }
        return matrix;
    }

    /// <summary>B^T x B as the CPU has it.</summary>
    public static unsafe double[,] Input<TTile>(float[] pixels)
        where TTile : struct, IWinogradTile
    {
        float[] values = new float[TTile.Points * TTile.Points];
        fixed (float* source = pixels, target = values)
            WinogradTransform<TTile, SimdScalar, float>.Input(
                TileView.OfChannels<SimdScalar, float>(source, TTile.Points), target, matrixSize: 1);
        return Square(values, TTile.Points, TTile.Points);
    }

    /// <summary>G w G^T as the CPU has it.</summary>
    public static unsafe double[,] Filter<TTile>(float[] weights)
        where TTile : struct, IWinogradTile
    {
        float[] values = new float[Side * Side];
        fixed (float* taps = weights, tile = values)
            WinogradTransform<TTile, SimdScalar, float>.Filter(taps, tile);
        return Square(values, TTile.Points, Side);
    }

    /// <summary>A^T m as the CPU has it.</summary>
    public static unsafe double[] Output<TTile>(float[] products)
        where TTile : struct, IWinogradTile
    {
        fixed (float* source = products)
        {
            var (y0, y1, y2, y3) = TTile.Output<SimdScalar, float>(source, stride: 1);
            return [y0, y1, y2, y3];
        }
    }

    /// <summary>Zeros with a one among them.</summary>
    public static float[] OneAt(int position, int count)
    {
        float[] numbers = new float[count];
        numbers[position] = 1;
        return numbers;
    }

    private static double[,] Square(float[] values, int side, int rowLength)
    {
        var square = new double[side, side];
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
                square[i, j] = values[(i * rowLength) + j];
        return square;
    }
}
