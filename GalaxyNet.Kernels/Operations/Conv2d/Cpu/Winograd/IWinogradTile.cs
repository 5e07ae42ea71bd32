namespace GalaxyNet.Kernels;

/// <summary>
/// A fast convolution F(4x4, r x r): 4 x 4 outputs of an r x r filter from (r + 3)^2 multiplications instead of 16 r^2.
/// </summary>
/// <remarks>
/// A product of polynomials can be computed by evaluating both factors at r + 3 points, multiplying the values, and
/// interpolating (Toom and Cook). A tile of 4 outputs along one axis is the transpose of such a product: the same
/// products of numbers, with inputs and outputs exchanged. So it takes the steps in the opposite order, each transposed
/// (Winograd, 1980; Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016). With matrices B, G and
/// A for the three steps, in two dimensions:
///
/// y = A^T [ (G w G^T) * (B^T x B) ] A          (* multiplies element by element, summed over the input channels)
///
/// It is bilinear, so the weight's gradient follows by transposing:
///
/// dw = G^T [ (A dy A^T) * (B^T x B) ] G        (summed over all tiles of all images)
///
/// The points are 0, pairs +-a (+-1, +-2, +-1/2, as many as it takes) and infinity, in this order. At the two of a pair
/// half the arithmetic is the same: an even and an odd part, added and subtracted. Pair 0 is 0 and infinity. A depends
/// on nothing but the points: <see cref="WinogradTransform{TTile, TSimd, TVector}"/> has A dy A^T for every r. The map
/// of the input goes two rows at a time, those of a pair, with their numbers in registers between the columns and the
/// rows. The others are one-dimensional: they read numbers that are <c>sourceStride</c> vectors apart and write their
/// results <c>stride</c> apart, also where they were read.
/// </remarks>
internal unsafe interface IWinogradTile
{
    /// <summary>Outputs of a tile along an axis.</summary>
    const int Outputs = 4;

    /// <summary>Taps of the filter along an axis: r.</summary>
    static abstract int Taps { get; }

    /// <summary>Points of evaluation: r + 3, which is also how many inputs a tile sees along an axis.</summary>
    static abstract int Points { get; }

    /// <summary>Pairs of points.</summary>
    static abstract int Pairs { get; }

    /// <summary>The first (0) or second (1) point of a pair.</summary>
    static int PointOf<TTile>(int pair, int which)
        where TTile : IWinogradTile =>
        pair == 0 ? which * (TTile.Points - 1) : (2 * pair) - 1 + which;

    /// <summary>
    /// The two rows of B^T x B of a pair, from the inputs of a tile: their values are written
    /// <paramref name="stride"/> vectors apart.
    /// </summary>
    static abstract void Input<TSimd, TVector>(
        int pair, in TileView source, TVector* first, TVector* second, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;

    /// <summary>A^T m: from products at the points, <paramref name="stride"/> vectors apart, to 4 outputs.</summary>
    static abstract (TVector, TVector, TVector, TVector) Output<TSimd, TVector>(TVector* source, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;

    /// <summary>G w: from r taps to their values at the points.</summary>
    static abstract void Filter<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;

    /// <summary>G^T u: from gradients at the points to those of r taps.</summary>
    static abstract void FilterGradient<TSimd, TVector>(TVector* source, int sourceStride, TVector* target, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}
