using System.Runtime.Intrinsics;

namespace GalaxyNet.Kernels;

/// <summary>The cubic <see cref="Rotation"/> on a processor, in one launch.</summary>
internal sealed class RotationCpu(Device device) : IRotationSchedule
{
    private readonly SimdKernel<RotationWork> rotate = new(device);
    private readonly Workspace<float> scratch = new(device);

    public void Forward(
        ArrayView<byte> images, ArrayView<Orientation> orientations, ArrayView<long> cosines, Tensor output)
    {
        var work = new RotationWork
        {
            Pixels = images,
            Orientations = orientations,
            Cosines = cosines,
            Output = output.Data,
            Images = output.Shape[0],
            Size = new ImageShape(output.Shape[1], output.Shape[2], output.Shape[3]),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        rotate.Launch(work);
    }

    public void Dispose() => scratch.Dispose();
}

/// <summary>
/// Threads split the batch; the splines of an image stay in the cache until all of its pixels have been looked up.
/// </summary>
internal unsafe struct RotationWork : ISimdWork
{
    public ArrayView<byte> Pixels;
    public ArrayView<Orientation> Orientations;
    public ArrayView<long> Cosines;
    public ArrayView<float> Output;
    public ArrayView<float> Scratch;
    public int Images;
    public ImageShape Size;

    /// <summary>
    /// Floats that each thread needs: the coefficients of all channels, and a surface to filter through.
    /// </summary>
    public readonly int ScratchSize(int vectorLength) => (Size.Channels + 1) * Surface(vectorLength).Size;

    [Kernel("rotation", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var surface = Surface(TSimd.Count);
        float* spline = Scratch.Pointer() + ((long)thread * ScratchSize(TSimd.Count));
        float* transposed = spline + (Size.Channels * surface.Size);
        var range = WorkRange.Of(Images, thread, threads);
        for (int image = range.Start; image < range.End; image++)
        {
            byte* source = Pixels.Pointer() + ((long)image * Size.Count);
            for (int channel = 0; channel < Size.Channels; channel++)
                surface.Fill<TSimd, TVector>(
                    source + (channel * Size.Area), spline + (channel * surface.Size), transposed);
            var angle = new RotationAngle(Orientations[image], Cosines);
            Resample(source, angle, spline, surface, Output.Pointer() + ((long)image * Size.Count));
        }
    }

    private readonly SplineSurface Surface(int vectorLength) => new(Size.Height, Size.Width, vectorLength);

    private readonly void Resample(
        byte* image, RotationAngle angle, float* spline, SplineSurface surface, float* output)
    {
        for (int i = 0; i < Size.Height; i++)
        {
            for (int j = 0; j < Size.Width; j++, output++)
            {
                var source = SourcePosition.Of(i, j, angle, Size.Height, Size.Width);
                if (!source.IsInside)
                    StoreZeros(output);
                else if (source.IsOnPixel)
                    StoreSamples(image + (source.Row.Pixel * Size.Width) + source.Column.Pixel, output);
                else
                    LookUp(source, spline, surface, output);
            }
        }
    }

    private readonly void StoreZeros(float* output)
    {
        for (int channel = 0; channel < Size.Channels; channel++)
            output[channel * Size.Area] = 0f;
    }

    private readonly void StoreSamples(byte* samples, float* output)
    {
        for (int channel = 0; channel < Size.Channels; channel++)
            output[channel * Size.Area] = Rotation.ToFloat(samples[channel * Size.Area]);
    }

    private readonly void LookUp(SourcePosition source, float* spline, SplineSurface surface, float* output)
    {
        int left = source.Column.Pixel - 1;
        int top = source.Row.Pixel - 1;
        if (left < 0 || left + 3 >= Size.Width) // the columns are reflected at an edge
        {
            var row = new SplineTaps(source.Row, Size.Height);
            var column = new SplineTaps(source.Column, Size.Width);
            for (int channel = 0; channel < Size.Channels; channel++, spline += surface.Size)
                output[channel * Size.Area] = CubicSpline.At(spline, surface.Pitch, row, column);
            return;
        }
        var weights = new SplineWeights(source.Row.Fraction, source.Column.Fraction);
        float* row0 = spline + (CubicSpline.Reflect(top, Size.Height) * surface.Pitch) + left;
        float* row1 = spline + ((top + 1) * surface.Pitch) + left;
        float* row2 = spline + (CubicSpline.Reflect(top + 2, Size.Height) * surface.Pitch) + left;
        float* row3 = spline + (CubicSpline.Reflect(top + 3, Size.Height) * surface.Pitch) + left;
        for (int channel = 0, plane = 0; channel < Size.Channels; channel++, plane += surface.Size)
        {
            var sum = (weights.Row0 * Vector128.Load(row0 + plane)) + (weights.Row1 * Vector128.Load(row1 + plane))
                + (weights.Row2 * Vector128.Load(row2 + plane)) + (weights.Row3 * Vector128.Load(row3 + plane));
            output[channel * Size.Area] = Vector128.Sum(sum * weights.Columns);
        }
    }
}

/// <summary>
/// The weights of <see cref="SplineTaps"/> along both axes at once, by the same operations: to the bit the same.
/// </summary>
internal readonly struct SplineWeights
{
    /// <summary>The weights of a position between four pixels along each axis.</summary>
    public SplineWeights(float rowFraction, float columnFraction)
    {
        var parts = Vector128.Create(1f - rowFraction, rowFraction, 1f - columnFraction, columnFraction);
        var outer = parts * parts * parts / 6f;
        var inner = Vector128.Create(2f / 3f) - (parts * parts * (Vector128<float>.One - (parts / 2f)));
        Row0 = outer[0];
        Row1 = inner[1];
        Row2 = inner[0];
        Row3 = outer[1];
        Columns = Vector128.Create(outer[2], inner[3], inner[2], outer[3]);
    }

    public readonly float Row0;
    public readonly float Row1;
    public readonly float Row2;
    public readonly float Row3;
    public readonly Vector128<float> Columns;
}

/// <summary>
/// The coefficients of a <see cref="CubicSpline"/> through an image, whose lines are filtered as many at once as a
/// vector has lanes.
/// </summary>
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
    /// <param name="transposed">As much memory again.</param>
    public void Fill<TSimd, TVector>(byte* pixels, float* coefficients, float* transposed)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        new Span<float>(coefficients, Size).Clear();
        for (int y = 0; y < height; y++)
        {
            var row = new ConvertedRow { Pixels = pixels + (y * width), Target = coefficients + (y * Pitch) };
            RowLoop.Run<TSimd, TVector, ConvertedRow>(ref row, width);
        }
        Transpose<TSimd, TVector>(coefficients, rows, Pitch, transposed);
        Filter<TSimd, TVector>(transposed, width, rows);
        Transpose<TSimd, TVector>(transposed, Pitch, rows, coefficients);
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
