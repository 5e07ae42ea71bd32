namespace GalaxyNet.Kernels;

/// <summary>The maps of an <see cref="IWinogradTile"/> in two dimensions: along the columns, then along the rows.</summary>
/// <remarks>A tile is 8 x 8 places of one vector each, place (i, j) at 8 i + j, of which the maps use as many as they need.</remarks>
internal static unsafe class WinogradTransform<TTile, TSimd, TVector>
    where TTile : struct, IWinogradTile
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Places of a tile.</summary>
    public const int Places = 8 * 8;

    /// <summary>B^T x B.</summary>
    public static void Input(TVector* places)
    {
        for (int j = 0; j < TTile.Points; j++)
            TTile.Input<TSimd, TVector>(places + j, places + j, 8);
        for (int i = 0; i < TTile.Points; i++)
            TTile.Input<TSimd, TVector>(places + (8 * i), places + (8 * i), 1);
    }

    /// <summary>A^T m A.</summary>
    public static void Output(TVector* places)
    {
        for (int j = 0; j < TTile.Points; j++)
            TTile.Output<TSimd, TVector>(places + j, places + j, 8);
        for (int i = 0; i < IWinogradTile.Outputs; i++)
            TTile.Output<TSimd, TVector>(places + (8 * i), places + (8 * i), 1);
    }

    /// <summary>A dy A^T.</summary>
    public static void OutputGradient(TVector* places)
    {
        for (int j = 0; j < IWinogradTile.Outputs; j++)
            TTile.OutputGradient<TSimd, TVector>(places + j, places + j, 8);
        for (int i = 0; i < TTile.Points; i++)
            TTile.OutputGradient<TSimd, TVector>(places + (8 * i), places + (8 * i), 1);
    }

    /// <summary>G w G^T.</summary>
    public static void Filter(TVector* places)
    {
        for (int j = 0; j < TTile.Taps; j++)
            TTile.Filter<TSimd, TVector>(places + j, places + j, 8);
        for (int i = 0; i < TTile.Points; i++)
            TTile.Filter<TSimd, TVector>(places + (8 * i), places + (8 * i), 1);
    }

    /// <summary>G^T du G.</summary>
    public static void FilterGradient(TVector* places)
    {
        for (int j = 0; j < TTile.Points; j++)
            TTile.FilterGradient<TSimd, TVector>(places + j, places + j, 8);
        for (int i = 0; i < TTile.Taps; i++)
            TTile.FilterGradient<TSimd, TVector>(places + (8 * i), places + (8 * i), 1);
    }
}
