using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// The output gradient behind a ReLU and 2x2 pooling: of the four pixels of a window at most one has the window's
/// gradient, the one that the index names.
/// </summary>
/// <param name="Gradients">The gradient of the pooled output.</param>
/// <param name="Indices">Which pixel of each window was the maximum: see <see cref="ReluMaxPool2d"/>.</param>
/// <param name="Size">The extents of a pooled image.</param>
internal readonly record struct PooledPlanes(ArrayView<float> Gradients, ArrayView<byte> Indices, ImageShape Size)
    : IChannelSource
{
    public int Channels => Size.Channels;

    public int Span => IWinogradTile.Outputs;

    // Gradients and indices of a row of windows, and the indices' rows before they go into the lanes.
    public int MemorySize(ChannelBand band, int vectorLength) => 3 * vectorLength * Pitch(vectorLength);

    public unsafe void Stage<TSimd, TVector>(
        int image, int channel, int firstRow, ChannelBand band, float* memory, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int size = TSimd.Count * Pitch(TSimd.Count);
        long plane = ((long)image * Size.Count) + ((long)channel * Size.Area);
        int lanes = Math.Min(TSimd.Count, Size.Channels - channel);
        for (int r = 0; r < band.Rows; r += PooledRows.Kernel)
        {
            int y = (firstRow + r) / PooledRows.Kernel;
            TVector* top = (TVector*)target + (r * band.Columns);
            Clear(top, band.Columns, y < Size.Height ? PooledRows.Kernel * Size.Width : 0);
            if (y >= Size.Height)
                continue;
            long row = plane + (y * Size.Width);
            Transpose<TSimd, TVector>(Gradients.Pointer() + row, lanes, memory + (2 * size), memory);
            Transpose<TSimd, TVector>(Indices.Pointer() + row, lanes, memory + (2 * size), memory + size);
            Spread<TSimd, TVector>((TVector*)memory, (TVector*)(memory + size), band.Columns, top);
        }
    }

    private int Pitch(int vectorLength) => Rounding.RoundUp(Size.Width, vectorLength) + CacheLine.Floats;

    private unsafe void Transpose<TSimd, TVector>(float* source, int lanes, float* rows, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (lanes == TSimd.Count && Size.Width >= TSimd.Count)
        {
            SimdMatrix.TransposeRows<TSimd, TVector>(source, Size.Area, Size.Width, target);
            return;
        }
        for (int lane = 0; lane < lanes; lane++)
            SimdCopy.Run<TSimd, TVector>(source + (lane * Size.Area), rows + (lane * Pitch(TSimd.Count)), Size.Width);
        TransposeCopies<TSimd, TVector>(rows, target);
    }

    private unsafe void Transpose<TSimd, TVector>(byte* source, int lanes, float* rows, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            var row = new ConvertedBytes
            {
                Source = source + (lane * Size.Area),
                Target = rows + (lane * Pitch(TSimd.Count)),
            };
            RowLoop.Run<TSimd, TVector, ConvertedBytes>(ref row, Size.Width);
        }
        TransposeCopies<TSimd, TVector>(rows, target);
    }

    private unsafe void TransposeCopies<TSimd, TVector>(float* rows, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => SimdMatrix.TransposeRows<TSimd, TVector>(
        rows, Pitch(TSimd.Count), Math.Max(Size.Width, TSimd.Count), target);

    // What is left over beside and below the windows has no gradient.
    private static unsafe void Clear<TVector>(TVector* top, int columns, int first)
        where TVector : unmanaged
    {
        for (int row = 0; row < PooledRows.Kernel; row++, top += columns)
            new Span<TVector>(top + first, columns - first).Clear();
    }

    private unsafe void Spread<TSimd, TVector>(TVector* gradients, TVector* indices, int columns, TVector* top)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* bottom = top + columns;
        for (int x = 0; x < Size.Width; x++, top += PooledRows.Kernel, bottom += PooledRows.Kernel)
        {
            top[0] = PooledRows.GradientAt<TSimd, TVector>(indices[x], 0f, gradients[x]);
            top[1] = PooledRows.GradientAt<TSimd, TVector>(indices[x], 1f, gradients[x]);
            bottom[0] = PooledRows.GradientAt<TSimd, TVector>(indices[x], 2f, gradients[x]);
            bottom[1] = PooledRows.GradientAt<TSimd, TVector>(indices[x], 3f, gradients[x]);
        }
    }

    /// <summary>Bytes as floats.</summary>
    private unsafe struct ConvertedBytes : IRowBody
    {
        public byte* Source;
        public float* Target;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged => TSimd.Store(TSimd.LoadBytes(Source + first), Target + first);
    }
}
