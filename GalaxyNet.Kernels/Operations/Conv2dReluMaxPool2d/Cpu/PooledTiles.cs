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
        Pool<TTile, TSimd, TVector>(products, r, vector, bias, maxima, positions);
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

    // Looks for NaN once, and calls nothing while the outputs are in registers: they could not stay there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pool<TTile, TSimd, TVector>(
        WinogradProducts<TTile> products, int r, int vector, float bias, TVector* maxima, TVector* positions)
        where TTile : struct, IWinogradTile
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (y00, y10, y20, y30) = products.Column<TSimd, TVector>(r, vector, 0);
        var (y01, y11, y21, y31) = products.Column<TSimd, TVector>(r, vector, 1);
        var (topLeft, topLeftIndex) = PooledRows.MaximumOfNumbers<TSimd, TVector>(y00, y01, y10, y11);
        var (bottomLeft, bottomLeftIndex) = PooledRows.MaximumOfNumbers<TSimd, TVector>(y20, y21, y30, y31);
        TVector left = Sum<TSimd, TVector>(y00, y01, y10, y11, y20, y21, y30, y31);
        var (y02, y12, y22, y32) = products.Column<TSimd, TVector>(r, vector, 2);
        var (y03, y13, y23, y33) = products.Column<TSimd, TVector>(r, vector, 3);
        var (topRight, topRightIndex) = PooledRows.MaximumOfNumbers<TSimd, TVector>(y02, y03, y12, y13);
        var (bottomRight, bottomRightIndex) = PooledRows.MaximumOfNumbers<TSimd, TVector>(y22, y23, y32, y33);
        TVector right = Sum<TSimd, TVector>(y02, y03, y12, y13, y22, y23, y32, y33);
        if (TSimd.HasNaN(TSimd.Add(left, right)))
        {
            PoolOrNaN<TTile, TSimd, TVector>(products, r, vector, bias, maxima, positions);
            return;
        }
        Store<TSimd, TVector>(topLeft, topLeftIndex, topRight, topRightIndex, bias, maxima, positions);
        Store<TSimd, TVector>(
            bottomLeft, bottomLeftIndex, bottomRight, bottomRightIndex, bias, maxima + Side, positions + Side);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PoolOrNaN<TTile, TSimd, TVector>(
        WinogradProducts<TTile> products, int r, int vector, float bias, TVector* maxima, TVector* positions)
        where TTile : struct, IWinogradTile
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (y00, y10, y20, y30) = products.Column<TSimd, TVector>(r, vector, 0);
        var (y01, y11, y21, y31) = products.Column<TSimd, TVector>(r, vector, 1);
        var (y02, y12, y22, y32) = products.Column<TSimd, TVector>(r, vector, 2);
        var (y03, y13, y23, y33) = products.Column<TSimd, TVector>(r, vector, 3);
        var (left, leftIndex) = PooledRows.Maximum<TSimd, TVector>(y00, y01, y10, y11);
        var (right, rightIndex) = PooledRows.Maximum<TSimd, TVector>(y02, y03, y12, y13);
        Store<TSimd, TVector>(left, leftIndex, right, rightIndex, bias, maxima, positions);
        (left, leftIndex) = PooledRows.Maximum<TSimd, TVector>(y20, y21, y30, y31);
        (right, rightIndex) = PooledRows.Maximum<TSimd, TVector>(y22, y23, y32, y33);
        Store<TSimd, TVector>(left, leftIndex, right, rightIndex, bias, maxima + Side, positions + Side);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum<TSimd, TVector>(
        TVector a, TVector b, TVector c, TVector d, TVector e, TVector f, TVector g, TVector h)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Add(
        TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), TSimd.Add(TSimd.Add(e, f), TSimd.Add(g, h)));

    // A row of windows of each tile, one tile after the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(
        TVector left,
        TVector leftIndex,
        TVector right,
        TVector rightIndex,
        float bias,
        TVector* maxima,
        TVector* positions)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        // The bias is the same for all four pixels of a window, so it can wait.
        TVector added = TSimd.Broadcast(bias);
        (left, leftIndex) = PooledRows.Rectify<TSimd, TVector>(TSimd.Add(left, added), leftIndex);
        (right, rightIndex) = PooledRows.Rectify<TSimd, TVector>(TSimd.Add(right, added), rightIndex);
        (maxima[0], maxima[1]) = TSimd.Interleave(left, right);
        (positions[0], positions[1]) = TSimd.Interleave(leftIndex, rightIndex);
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
