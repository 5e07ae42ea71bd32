using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// One plane of a convolution's output after ReLU and pooling over 2x2 windows. A 4 x 4 tile is four whole windows, and as the tiles
/// lie side by side in the lanes, a window's maximum needs no shuffling at all.
/// </summary>
internal readonly unsafe struct PooledTiles
{
    private const int WindowsOfTile = IWinogradTile.Outputs / PooledRows.Kernel;

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

    /// <summary>Stores the windows of tiles that lie side by side in the lanes, from <paramref name="tile"/> on.</summary>
    public void Store<TSimd, TVector>(TVector* places, float bias, int tile, int tiles)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* maxima = stackalloc TVector[WindowsOfTile];
        byte* bytes = stackalloc byte[WindowsOfTile * TSimd.Count];
        for (int i = 0; i < WindowsOfTile; i++)
        {
            TVector* rows = places + (2 * 8 * i);
            var (left, leftIndex) = Pool<TSimd, TVector>(rows[0], rows[1], rows[8], rows[9], bias);
            var (right, rightIndex) = Pool<TSimd, TVector>(rows[2], rows[3], rows[10], rows[11], bias);
            (maxima[0], maxima[1]) = TSimd.Interleave(left, right);
            var (firstIndex, secondIndex) = TSimd.Interleave(leftIndex, rightIndex);
            TSimd.StoreBytes(firstIndex, bytes);
            TSimd.StoreBytes(secondIndex, bytes + TSimd.Count);
            StoreRow<TSimd, TVector>((float*)maxima, bytes, tile, tiles, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Maximum, TVector Index) Pool<TSimd, TVector>(
        TVector place0, TVector place1, TVector place2, TVector place3, float bias)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector maximum = place0;
        TVector index = TSimd.Zero;
        PooledForwardRow.Challenge<TSimd, TVector>(place1, 1f, ref maximum, ref index);
        PooledForwardRow.Challenge<TSimd, TVector>(place2, 2f, ref maximum, ref index);
        PooledForwardRow.Challenge<TSimd, TVector>(place3, 3f, ref maximum, ref index);
        maximum = TSimd.Add(maximum, TSimd.Broadcast(bias)); // the same for all four, so it can wait
        TVector passes = TSimd.IsGreaterOrNaN(maximum, TSimd.Zero);
        return (
            TSimd.Select(passes, maximum, TSimd.Zero),
            TSimd.Select(passes, index, TSimd.Broadcast(ReluMaxPool2d.Blocked)));
    }

    // The tiles of a vector may lie on several rows of the grid: each run on one row is one run of windows.
    private void StoreRow<TSimd, TVector>(float* maxima, byte* bytes, int tile, int tiles, int i)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int done = 0; done < tiles;)
        {
            int column = (tile + done) % grid.Columns;
            int run = Math.Min(tiles - done, grid.Columns - column);
            int y = (WindowsOfTile * ((tile + done) / grid.Columns)) + i;
            int x = WindowsOfTile * column;
            int count = Math.Min(WindowsOfTile * run, width - x);
            if (y < height && count > 0)
            {
                int start = WindowsOfTile * done;
                int target = (y * width) + x;
                SimdCopy.Run<TSimd, TVector>(maxima + start, output + target, count);
                new ReadOnlySpan<byte>(bytes + start, count).CopyTo(new Span<byte>(indices + target, count));
            }
            done += run;
        }
    }
}
