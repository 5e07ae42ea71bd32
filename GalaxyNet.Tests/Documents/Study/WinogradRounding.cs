namespace GalaxyNet.Tests;

/// <summary>How far a fast convolution in float32 is from the exact sums.</summary>
internal sealed class WinogradRounding
{
    private const int Channels = 64;
    private const int Tiles = 20;

    private readonly WinogradMatrices matrices;
    private readonly Random random = new(1);
    private double squares;
    private double errors;
    private double directErrors;

    private WinogradRounding(WinogradMatrices matrices) => this.matrices = matrices;

    /// <summary>
    /// The root of the mean squared error of an output, divided by that of the output itself, for numbers from -1 to 1:
    /// of the fast sums, and of direct ones in float32.
    /// </summary>
    public static (double Fast, double Direct) RelativeErrors(WinogradMatrices matrices)
    {
        var rounding = new WinogradRounding(matrices);
        for (int tile = 0; tile < Tiles; tile++)
            rounding.AddTile();
        return (Math.Sqrt(rounding.errors / rounding.squares), Math.Sqrt(rounding.directErrors / rounding.squares));
    }

    private void AddTile()
    {
        float[,] atPoints = new float[matrices.Points, matrices.Points];
        float[,] direct = new float[matrices.Outputs, matrices.Outputs];
        double[,] exact = new double[matrices.Outputs, matrices.Outputs];
        for (int channel = 0; channel < Channels; channel++)
            AddChannel(Numbers(matrices.Points), Numbers(matrices.Taps), atPoints, direct, exact);
        float[,] fast = BothWays(matrices.Output, atPoints);
        for (int i = 0; i < matrices.Outputs; i++)
            for (int j = 0; j < matrices.Outputs; j++)
            {
                errors += Square(fast[i, j] - exact[i, j]);
                directErrors += Square(direct[i, j] - exact[i, j]);
                squares += Square(exact[i, j]);
            }
    }

    private void AddChannel(float[,] d, float[,] w, float[,] atPoints, float[,] direct, double[,] exact)
    {
        float[,] u = BothWays(matrices.Filter, w), v = BothWays(matrices.Input, d);
        for (int i = 0; i < matrices.Points; i++)
            for (int j = 0; j < matrices.Points; j++)
                atPoints[i, j] += u[i, j] * v[i, j];
        for (int i = 0; i < matrices.Outputs; i++)
            for (int j = 0; j < matrices.Outputs; j++)
                for (int k = 0; k < matrices.Taps; k++)
                    for (int l = 0; l < matrices.Taps; l++)
                    {
                        direct[i, j] += w[k, l] * d[i + k, j + l];
                        exact[i, j] += (double)w[k, l] * d[i + k, j + l];
                    }
    }

    private static double Square(double number) => number * number;

    private float[,] Numbers(int side)
    {
        float[,] numbers = new float[side, side];
        for (int i = 0; i < side * side; i++)
            numbers[i / side, i % side] = (2 * random.NextSingle()) - 1;
        return numbers;
    }

    /// <summary>M x M^T, with every number rounded to float32.</summary>
    private static float[,] BothWays(double[,] matrix, float[,] x) => AlongColumns(matrix, AlongColumns(matrix, x));

    /// <summary>M x, turned so that columns become rows.</summary>
    private static float[,] AlongColumns(double[,] matrix, float[,] x)
    {
        float[,] product = new float[x.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
            for (int j = 0; j < x.GetLength(1); j++)
                for (int k = 0; k < x.GetLength(0); k++)
                    product[j, i] += (float)matrix[i, k] * x[k, j];
        return product;
    }
}
