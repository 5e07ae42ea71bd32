using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// What a tile sees, each pixel a vector: the same pixel of as many tiles, or as many channels of one.
/// </summary>
/// <param name="first">Pixel (0, 0).</param>
/// <param name="rowStride">Floats from pixel (i, j) to pixel (i + 1, j), as long as i is not 3.</param>
/// <param name="fourRowsDown">Floats from pixel (i, j) to pixel (i + 4, j).</param>
/// <param name="columnStride">Floats from pixel (i, j) to pixel (i, j + 1), as long as j is not 3.</param>
/// <param name="fourColumnsOn">Floats from pixel (i, j) to pixel (i, j + 4).</param>
internal readonly unsafe struct TileView(
    float* first, int rowStride, int fourRowsDown, int columnStride, int fourColumnsOn)
{
    private readonly float* first = first;
    private readonly nint rowStride = rowStride;
    private readonly nint fourRowsDown = fourRowsDown;
    private readonly nint columnStride = columnStride;
    private readonly nint fourColumnsOn = fourColumnsOn;

    /// <summary>A tile of an image that has its channels in the lanes.</summary>
    /// <param name="pixel">Pixel (0, 0).</param>
    /// <param name="columns">Pixels of a row of the image.</param>
    public static TileView OfChannels<TSimd, TVector>(TVector* pixel, int columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        new((float*)pixel, columns * TSimd.Count, 4 * columns * TSimd.Count, TSimd.Count, 4 * TSimd.Count);

    /// <summary>Column j, under 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileColumn Column(int j)
    {
        float* top = first + (j % 4 * columnStride) + (j / 4 * fourColumnsOn);
        return new TileColumn(top, top + fourRowsDown, rowStride);
    }
}

/// <summary>A column of a <see cref="TileView"/>.</summary>
/// <param name="top">Its first pixel.</param>
/// <param name="bottom">Its fifth.</param>
/// <param name="stride">Floats from a pixel to the next in each four.</param>
internal readonly unsafe struct TileColumn(float* top, float* bottom, nint stride)
{
    private readonly float* top = top;
    private readonly float* bottom = bottom;
    private readonly nint stride = stride;

    /// <summary>Pixel i, under 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TSimd, TVector>(int i)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Load((i < 4 ? top : bottom) + (i % 4 * stride));
}
