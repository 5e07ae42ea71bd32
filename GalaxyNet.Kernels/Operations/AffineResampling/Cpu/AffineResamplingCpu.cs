using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GalaxyNet.Kernels;

/// <summary>The cubic <see cref="AffineResampling"/> on a processor, in one launch.</summary>
internal sealed class AffineResamplingCpu(Device device) : IAffineResamplingSchedule
{
    private readonly SimdKernel<AffineResamplingWork> resample = new(device);
    private readonly Workspace<float> scratch = new(device);

    public void Forward(
        ArrayView<byte> images, ArrayView<Pose> poses, Tensor output, ResampledSizes sizes)
    {
        var work = new AffineResamplingWork
        {
            Pixels = images,
            Poses = poses,
            Output = output.Data,
            Images = output.Shape[0],
            Sizes = sizes,
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        resample.Launch(work);
    }

    public void Dispose() => scratch.Dispose();
}

/// <summary>
/// Threads split the batch; the splines of an image stay in the cache until all of its pixels have been looked up. They
/// are taken four channels at a time, which lie side by side: a weight then serves all of them, and no lanes have to be
/// added up.
/// </summary>
internal unsafe struct AffineResamplingWork : ISimdWork
{
    public ArrayView<byte> Pixels;
    public ArrayView<Pose> Poses;
    public ArrayView<float> Output;
    public ArrayView<float> Scratch;
    public int Images;
    public ResampledSizes Sizes;

    /// <summary>
    /// Floats that each thread needs: the coefficients of four channels, side by side and before, and a surface to
    /// filter through.
    /// </summary>
    public readonly int ScratchSize(int vectorLength) =>
        Splines.FloatsFor(vectorLength) + ((FourSplines.Count + 1) * Surface(vectorLength).Size);

    private readonly FourSplines Splines => new(Sizes.Height, Sizes.Width);

    [Kernel("affine_resampling", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* scratch = Scratch.Pointer() + ((long)thread * ScratchSize(TSimd.Count));
        var range = WorkRange.Of(Images, thread, threads);
        for (int image = range.Start; image < range.End; image++)
        {
            byte* source = Pixels.Pointer() + ((long)image * Sizes.Channels * Sizes.Area);
            float* output = Output.Pointer() + ((long)image * Sizes.Channels * Sizes.OutArea);
            for (int channel = 0; channel < Sizes.Channels; channel += FourSplines.Count)
            {
                int channels = Math.Min(FourSplines.Count, Sizes.Channels - channel);
                byte* planes = source + (channel * Sizes.Area);
                Fill<TSimd, TVector>(planes, channels, scratch);
                Resample(planes, channels, image, channel, scratch, output + (channel * Sizes.OutArea));
            }
        }
    }

    private readonly SplineSurface Surface(int vectorLength) => new(Sizes.Height, Sizes.Width, vectorLength);

    private readonly void Fill<TSimd, TVector>(byte* source, int channels, float* scratch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var surface = Surface(TSimd.Count);
        float* planes = scratch + Splines.FloatsFor(TSimd.Count);
        float* transposed = planes + (FourSplines.Count * surface.Size);
        for (int channel = 0; channel < channels; channel++)
            surface.Fill<TSimd, TVector>(
                source + (channel * Sizes.Area), planes + (channel * surface.Size), transposed);
        Splines.Fill<TSimd, TVector>(planes, surface, scratch);
    }

    private readonly void Resample(
        byte* planes, int channels, int image, int firstChannel, float* splines, float* output)
    {
        var pose = Poses[image];
        var gains = Vector128<float>.Zero;
        for (int channel = 0; channel < channels; channel++)
            gains = gains.WithElement(channel, pose.GainOf(firstChannel + channel, Sizes.Channels));
        for (int i = 0; i < Sizes.OutHeight; i++)
        {
            for (int j = 0; j < Sizes.OutWidth; j++, output++)
            {
                var source = SourcePosition.Of(i, j, pose, Sizes);
                var values = !source.IsInside ? Vector128<float>.Zero
                    : source.IsOnPixel ? Samples(planes, source, channels)
                    : Splines.At(splines, source);
                values *= gains;
                for (int channel = 0; channel < channels; channel++)
                    output[channel * Sizes.OutArea] = values[channel];
            }
        }
    }

    private readonly Vector128<float> Samples(byte* planes, SourcePosition source, int channels)
    {
        byte* sample = planes + (source.Row.Pixel * Sizes.Width) + source.Column.Pixel;
        var values = Vector128<float>.Zero;
        for (int channel = 0; channel < channels; channel++)
            values = values.WithElement(channel, AffineResampling.ToFloat(sample[channel * Sizes.Area]));
        return values;
    }
}

/// <summary>
/// The coefficients of four channels side by side, and beyond the edges those that a <see cref="CubicSpline"/> is
/// continued with.
/// </summary>
/// <param name="height">The image's rows.</param>
/// <param name="width">The image's columns.</param>
internal readonly unsafe struct FourSplines(int height, int width)
{
    /// <summary>Channels.</summary>
    public const int Count = 4;

    private readonly int height = height;
    private readonly int width = width;
    private readonly int pitch = Count * (width + 3); // one column before the image, and two after it

    /// <summary>Floats of memory.</summary>
    public int FloatsFor(int vectorLength) =>
        Rounding.RoundUp(((height + 3) * pitch) + (Count * vectorLength), CacheLine.Floats);

    /// <summary>Fills the coefficients from those of the channels.</summary>
    /// <param name="planes">Four surfaces.</param>
    /// <param name="surface">Their form.</param>
    /// <param name="memory">Receives the coefficients.</param>
    public void Fill<TSimd, TVector>(float* planes, SplineSurface surface, float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int y = -1; y < height + 2; y++, memory += pitch)
        {
            float* row = planes + (CubicSpline.Reflect(y, height) * surface.Pitch);
            for (int x = 0; x < width; x += TSimd.Count)
                Interleave<TSimd, TVector>(row + x, surface.Size, (TVector*)(memory + (Count * (x + 1))));
            for (int edge = 0; edge < 3; edge++)
            {
                int x = edge == 0 ? -1 : width + edge - 1;
                var reflected = Vector128.Load(memory + (Count * (CubicSpline.Reflect(x, width) + 1)));
                reflected.Store(memory + (Count * (x + 1)));
            }
        }
    }

    /// <summary>The splines' values at a position inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(float* memory, SourcePosition position)
    {
        // The four weights along each axis, as SplineTaps has them.
        float row = position.Row.Fraction, column = position.Column.Fraction;
        var parts = Vector128.Create(1f - row, row, 1f - column, column);
        var outer = parts * parts * parts * (1f / 6f);
        var inner = Vector128.Create(2f / 3f) - (parts * parts * (Vector128<float>.One - (parts * 0.5f)));
        float* corner = memory + (position.Row.Pixel * pitch) + (Count * position.Column.Pixel);
        var (row0, row1, row2, row3) = (Lane(outer, 0), Lane(inner, 1), Lane(inner, 0), Lane(outer, 1));
        return (Lane(outer, 2) * Down(corner, row0, row1, row2, row3))
            + (Lane(inner, 3) * Down(corner + Count, row0, row1, row2, row3))
            + (Lane(inner, 2) * Down(corner + (2 * Count), row0, row1, row2, row3))
            + (Lane(outer, 3) * Down(corner + (3 * Count), row0, row1, row2, row3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Lane(Vector128<float> vector, int lane) =>
        Vector128.Shuffle(vector, Vector128.Create(lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Down(
        float* top, Vector128<float> row0, Vector128<float> row1, Vector128<float> row2, Vector128<float> row3) =>
        (row0 * Vector128.Load(top)) + (row1 * Vector128.Load(top + pitch))
        + (row2 * Vector128.Load(top + (2 * pitch))) + (row3 * Vector128.Load(top + (3 * pitch)));

    // Rows are whole vectors, so the last may run past the edge, where the next columns or rows are written after it.
    private static void Interleave<TSimd, TVector>(float* planes, int planeSize, TVector* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        (target[0], target[1], target[2], target[3]) = SimdMatrix.Interleave<TSimd, TVector>(
            TSimd.Load(planes),
            TSimd.Load(planes + planeSize),
            TSimd.Load(planes + (2 * planeSize)),
            TSimd.Load(planes + (3 * planeSize)));
    }
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
