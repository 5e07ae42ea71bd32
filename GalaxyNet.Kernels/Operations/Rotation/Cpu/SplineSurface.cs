namespace GalaxyNet.Kernels;

/// <summary>The coefficients of a <see cref="CubicSpline"/> through an image, whose lines are filtered as many at once as a vector has lanes.</summary>
/// <param name="height">The image's rows.</param>
/// <param name="width">The image's columns.</param>
/// <param name="vectorLength">Lanes.</param>
internal readonly unsafe struct SplineSurface(int height, int width, int vectorLength)
{
    private readonly int height = height;
    private readonly int width = width;
    private readonly int rows = Rounding.RoundUp(height, vectorLength);

    /// <summary>Floats from a row of coefficients to the next: the columns, filled up to whole vectors.</summary>
    public readonly int Pitch = Rounding.RoundUp(width, vectorLength);

    /// <summary>Floats of the coefficients.</summary>
    public int Size => rows * Pitch;

    /// <summary>Finds the coefficients.</summary>
    /// <param name="pixels">The image.</param>
    /// <param name="coefficients">Receives them.</param>
    /// <param name="turned">As much memory again.</param>
    public void Fill<TSimd, TVector>(byte* pixels, float* coefficients, float* turned)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        new Span<float>(coefficients, Size).Clear();
        for (int y = 0; y < height; y++)
        {
            var row = new ConvertedRow { Pixels = pixels + (y * width), Target = coefficients + (y * Pitch) };
            RowLoop.Run<TSimd, TVector, ConvertedRow>(ref row, width);
        }
        Transpose<TSimd, TVector>(coefficients, rows, Pitch, turned);
        Filter<TSimd, TVector>(turned, width, rows);
        Transpose<TSimd, TVector>(turned, Pitch, rows, coefficients);
        Filter<TSimd, TVector>(coefficients, height, Pitch);
    }

    private static void Transpose<TSimd, TVector>(float* source, int rows, int columns, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int row = 0; row < rows; row += TSimd.Count)
        {
            for (int column = 0; column < columns; column += TSimd.Count)
                SimdMatrix.TransposeBlock<TSimd, TVector>(
                    source + (row * columns) + column, columns, target + (column * rows) + row, rows);
        }
    }

    // The lines lie side by side, and run down.
    private static void Filter<TSimd, TVector>(float* lines, int length, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int line = 0; line < count; line += TSimd.Count)
            CubicSpline.Filter<TSimd, TVector>(lines + line, length, count);
    }

    private struct ConvertedRow : IRowBody
    {
        public byte* Pixels;
        public float* Target;

        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged =>
            TSimd.Store(TSimd.Divide(TSimd.LoadBytes(Pixels + first), TSimd.Broadcast(255f)), Target + first);
    }
}
