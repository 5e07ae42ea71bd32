using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// One plane of a convolution's output after ReLU and pooling over 2x2 windows. A 4 x 4 tile is four whole windows, and
/// as the tiles lie side by side in the lanes, a window's maximum needs no shuffling at all.
/// </summary>
internal readonly unsafe struct PooledTiles
{
    private const int Side = IWinogradTile.Outputs / PooledRows.Kernel; // of a tile, in windows

    private readonly TileGrid grid;
    private readonly int height;
    private readonly int width;
    private readonly float* output;
    private readonly byte* indices;

    /// <summary>Finds the plane in the pooled output.</summary>
    public PooledTiles(ImageShape size, float* output, byte* indices, long plane)
    {
        grid = TileGrid.Over(size);
        height = size.Height / PooledRows.Kernel;
        width = size.Width / PooledRows.Kernel;
        this.output = output + (plane * height * width);
        this.indices = indices + (plane * height * width);
    }

    /// <summary>
    /// Stores the windows of tiles that lie side by side in the lanes, from <paramref name="tile"/> on.
    /// </summary>
    public void Store<TSimd, TVector>(TVector* outputs, float bias, int tile, int tiles)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* maxima = stackalloc TVector[Side];
        byte* bytes = stackalloc byte[Side * TSimd.Count];
        for (int i = 0; i < Side; i++)
        {
            TVector* rows = outputs + (2 * 8 * i);
            var (left, leftIndex) = Pool<TSimd, TVector>(rows[0], rows[1], rows[8], rows[9], bias);
            var (right, rightIndex) = Pool<TSimd, TVector>(rows[2], rows[3], rows[10], rows[11], bias);
            (maxima[0], maxima[1]) = TSimd.Interleave(left, right);
            var (firstIndex, secondIndex) = TSimd.Interleave(leftIndex, rightIndex);
            TSimd.StoreBytes(firstIndex, bytes);
            TSimd.StoreBytes(secondIndex, bytes + TSimd.Count);
            for (int done = 0; done < tiles;)
            {
                var run = TileRun.Of(grid, tile + done, tiles - done, Side, i, height, width);
                if (run.Count > 0)
                {
                    SimdCopy.Run<TSimd, TVector>((float*)maxima + (Side * done), output + run.Start, run.Count);
                    new ReadOnlySpan<byte>(bytes + (Side * done), run.Count)
                        .CopyTo(new Span<byte>(indices + run.Start, run.Count));
                }
                done += run.Tiles;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Maximum, TVector Index) Pool<TSimd, TVector>(
        TVector pixel0, TVector pixel1, TVector pixel2, TVector pixel3, float bias)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector maximum = pixel0;
        TVector index = TSimd.Zero;
        PooledForwardRow.Challenge<TSimd, TVector>(pixel1, 1f, ref maximum, ref index);
        PooledForwardRow.Challenge<TSimd, TVector>(pixel2, 2f, ref maximum, ref index);
        PooledForwardRow.Challenge<TSimd, TVector>(pixel3, 3f, ref maximum, ref index);
        maximum = TSimd.Add(maximum, TSimd.Broadcast(bias)); // the same for all four, so it can wait
        TVector passes = TSimd.IsGreaterOrNaN(maximum, TSimd.Zero);
        return (
            TSimd.Select(passes, maximum, TSimd.Zero),
            TSimd.Select(passes, index, TSimd.Broadcast(ReluMaxPool2d.Blocked)));
    }
}
