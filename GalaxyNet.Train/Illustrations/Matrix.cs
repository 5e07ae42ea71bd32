namespace GalaxyNet.Train;

/// <summary>Matrices as images of one channel, which is what the references of convolution and pooling take.</summary>
internal static class Matrix
{
    /// <summary>A batch of one image with one channel.</summary>
    public static double[,,,] ToImage(double[,] matrix)
    {
        var image = new double[1, 1, matrix.GetLength(0), matrix.GetLength(1)];
        Buffer.BlockCopy(matrix, 0, image, 0, Buffer.ByteLength(matrix));
        return image;
    }

    /// <summary>The only channel of the only image.</summary>
    public static double[,] Of(double[,,,] image) =>
        Of(image.GetLength(2), image.GetLength(3), (row, column) => image[0, 0, row, column]);

    /// <summary>A matrix whose elements follow from their row and column.</summary>
    public static double[,] Of(int rows, int columns, Func<int, int, double> element)
    {
        var matrix = new double[rows, columns];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                matrix[row, column] = element(row, column);
        return matrix;
    }
}
