using System.Runtime.Intrinsics;
using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The cubic <see cref="Rotation"/> on a processor. Threads split the batch; the splines of an image stay in the cache until all of its
/// pixels have been looked up.
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

    /// <summary>Floats of scratch that each thread needs: the coefficients of all channels, and a surface to filter through.</summary>
    public readonly int ScratchSize(int vectorLength) => (Size.Channels + 1) * Surface(vectorLength).Size;

    [Kernel("rotation", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var surface = Surface(TSimd.Count);
        float* spline = Scratch.Pointer() + ((long)thread * ScratchSize(TSimd.Count));
        float* turned = spline + (Size.Channels * surface.Size);
        var range = WorkRange.Of(Images, thread, threads);
        for (int image = range.Start; image < range.End; image++)
        {
            byte* source = Pixels.Pointer() + ((long)image * Size.Count);
            for (int channel = 0; channel < Size.Channels; channel++)
                surface.Fill<TSimd, TVector>(source + (channel * Size.Area), spline + (channel * surface.Size), turned);
            Resample(source, new Turn(Orientations[image], Cosines), spline, surface, Output.Pointer() + ((long)image * Size.Count));
        }
    }

    private readonly SplineSurface Surface(int vectorLength) => new(Size.Height, Size.Width, vectorLength);

    private readonly void Resample(byte* image, Turn turn, float* spline, SplineSurface surface, float* output)
    {
        for (int i = 0; i < Size.Height; i++)
        {
            for (int j = 0; j < Size.Width; j++, output++)
            {
                var place = TurnedPixel.Of(i, j, turn, Size.Height, Size.Width);
                if (!place.IsInside)
                    StoreZeros(output);
                else if (place.IsOnSample)
                    StoreSamples(image + (place.Row.Place * Size.Width) + place.Column.Place, output);
                else
                    LookUp(place, spline, surface, output);
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

    private readonly void LookUp(TurnedPixel place, float* spline, SplineSurface surface, float* output)
    {
        var row = new SplineTaps(place.Row, Size.Height);
        var column = new SplineTaps(place.Column, Size.Width);
        if (column.Place0 + 3 != column.Place3) // reflected at an edge, or lying apart in an image of few columns
        {
            for (int channel = 0; channel < Size.Channels; channel++, spline += surface.Size)
                output[channel * Size.Area] = CubicSpline.At(spline, surface.Pitch, row, column);
            return;
        }
        var weights = Vector128.Create(column.Weight0, column.Weight1, column.Weight2, column.Weight3);
        float* row0 = spline + (row.Place0 * surface.Pitch) + column.Place0;
        nint row1 = (row.Place1 - row.Place0) * surface.Pitch;
        nint row2 = (row.Place2 - row.Place0) * surface.Pitch;
        nint row3 = (row.Place3 - row.Place0) * surface.Pitch;
        for (int channel = 0; channel < Size.Channels; channel++, row0 += surface.Size)
        {
            var sum = (row.Weight0 * Vector128.Load(row0)) + (row.Weight1 * Vector128.Load(row0 + row1))
                + (row.Weight2 * Vector128.Load(row0 + row2)) + (row.Weight3 * Vector128.Load(row0 + row3));
            output[channel * Size.Area] = Vector128.Sum(sum * weights);
        }
    }
}
