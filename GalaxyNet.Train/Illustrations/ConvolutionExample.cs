namespace GalaxyNet.Train;

/// <summary>
/// The first example of the study guide's page on convolution: what goes in. <see cref="Conv2dReference"/> computes all
/// that comes out.
/// </summary>
internal static class ConvolutionExample
{
    /// <summary>The input.</summary>
    public static double[,] X { get; } = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };

    /// <summary>The filter.</summary>
    public static double[,] W { get; } = { { 1, 0 }, { -1, 2 } };

    /// <summary>The bias.</summary>
    public static double B => 0.5;

    /// <summary>The gradient that comes back.</summary>
    public static double[,] Dy { get; } = { { 1, -1 }, { 0, 2 } };

    /// <summary>The output.</summary>
    public static double[,] Y => Convolve(X, W, padding: 0, B);

    /// <summary>The gradient with respect to the input, for another gradient that comes back.</summary>
    public static double[,] Dx(double[,] dy) => Matrix.Of(
        ReferenceOf(X, padding: 0).Backward(Matrix.ToImage(X), Matrix.ToImage(W), Matrix.ToImage(dy)).Dx);

    /// <summary>The filter, top to bottom and left to right.</summary>
    public static double[,] FlippedW => Matrix.Of(2, 2, (row, column) => W[1 - row, 1 - column]);

    /// <summary>The convolution of a matrix.</summary>
    public static double[,] Convolve(double[,] x, double[,] w, int padding, double b) =>
        Matrix.Of(ReferenceOf(x, padding).Forward(Matrix.ToImage(x), Matrix.ToImage(w), [b]));

    /// <summary>The terms of an output as they are added: <c>1·2 + (−1)·4</c>.</summary>
    /// <param name="w">The filter.</param>
    /// <param name="x">What it lies on.</param>
    /// <param name="row">The window's first row.</param>
    /// <param name="column">The window's first column.</param>
    public static string Terms(double[,] w, double[,] x, int row, int column) => string.Join(
        " + ",
        from k in Enumerable.Range(0, 2)
        from l in Enumerable.Range(0, 2)
        select $"{InBrackets(w[k, l])}·{InBrackets(x[row + k, column + l])}");

    private static string InBrackets(double value) => value < 0 ? $"({Marks.Number(value)})" : Marks.Number(value);

    private static Conv2dReference ReferenceOf(double[,] x, int padding) =>
        new(new Conv2dGeometry(1, x.GetLength(0), x.GetLength(1), 1, 2, 2, stride: 1, padding));
}
