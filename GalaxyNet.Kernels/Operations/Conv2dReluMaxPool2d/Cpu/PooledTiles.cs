using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// One plane of a convolution's output after ReLU and pooling over 2x2 windows. A 4 x 4 tile is four whole windows, and
/// as the tiles lie side by side in the lanes, a window's maximum needs no shuffling at all.
/// </summary>
internal readonly unsafe struct PooledTiles
{
    private const int Side = IWinogradTile.Outputs / PooledRows.Kernel; // of a tile, in windows

    private readonly int height;
    private readonly int width;
    private readonly float* output;
    private readonly byte* indices;

    /// <summary>Finds the plane in the pooled output.</summary>
    public PooledTiles(ImageShape size, float* output, byte* indices, long plane)
    {
        height = size.Height / PooledRows.Kernel;
        width = size.Width / PooledRows.Kernel;
        this.output = output + (plane * height * width);
        this.indices = indices + (plane * height * width);
    }

    /// <summary>Stores the windows of the tiles that lie side by side in the lanes.</summary>
    public void Store<TTile, TSimd, TVector>(
        WinogradProducts<TTile> products, int r, int vector, float bias, TileRun* runs)
        where TTile : struct, IWinogradTile
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* maxima = stackalloc TVector[Side * Side];
        TVector* positions = stackalloc TVector[Side * Side];
        var (y00, y10, y20, y30) = products.Column<TSimd, TVector>(r, vector, 0);
        var (y01, y11, y21, y31) = products.Column<TSimd, TVector>(r, vector, 1);
        var (topLeft, topLeftIndex) = Pool<TSimd, TVector>(y00, y01, y10, y11, bias);
        var (bottomLeft, bottomLeftIndex) = Pool<TSimd, TVector>(y20, y21, y30, y31, bias);
        var (y02, y12, y22, y32) = products.Column<TSimd, TVector>(r, vector, 2);
        var (y03, y13, y23, y33) = products.Column<TSimd, TVector>(r, vector, 3);
        var (topRight, topRightIndex) = Pool<TSimd, TVector>(y02, y03, y12, y13, bias);
        var (bottomRight, bottomRightIndex) = Pool<TSimd, TVector>(y22, y23, y32, y33, bias);
        (maxima[0], maxima[1]) = TSimd.Interleave(topLeft, topRight);
        (maxima[2], maxima[3]) = TSimd.Interleave(bottomLeft, bottomRight);
        (positions[0], positions[1]) = TSimd.Interleave(topLeftIndex, topRightIndex);
        (positions[2], positions[3]) = TSimd.Interleave(bottomLeftIndex, bottomRightIndex);
        for (int window = 0; runs->Tiles > 0; window += Side * runs->Tiles, runs++)
        {
            int firstRow = Side * runs->Row;
            int firstColumn = Side * runs->Column;
            int columns = Math.Min(Side * runs->Tiles, width - firstColumn);
            int target = (firstRow * width) + firstColumn;
            for (int i = 0; i < Math.Min(Side, height - firstRow) && columns > 0; i++, target += width)
            {
                int first = window + (i * Side * TSimd.Count);
                var row = new StoredWindows
                {
                    Maxima = (float*)maxima + first,
                    Positions = (float*)positions + first,
                    Output = output + target,
                    Indices = indices + target,
                };
                RowLoop.Run<TSimd, TVector, StoredWindows>(ref row, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Maximum, TVector Index) Pool<TSimd, TVector>(
        TVector pixel0, TVector pixel1, TVector pixel2, TVector pixel3, float bias)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (maximum, index) = PooledRows.Maximum<TSimd, TVector>(pixel0, pixel1, pixel2, pixel3);
        // The bias is the same for all four, so it can wait.
        return PooledRows.Rectify<TSimd, TVector>(TSimd.Add(maximum, TSimd.Broadcast(bias)), index);
    }

    /// <summary>A run of windows, side by side in the output too.</summary>
    private struct StoredWindows : IRowBody
    {
        public float* Maxima;
        public float* Positions;
        public float* Output;
        public byte* Indices;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(int first)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            TSimd.Store(TSimd.Load(Maxima + first), Output + first);
            TSimd.StoreBytes(TSimd.Load(Positions + first), Indices + first);
        }
    }
}
