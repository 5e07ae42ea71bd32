namespace GalaxyNet.Kernels;

/// <summary>
/// The maps of a fast convolution F(4x4, r x r) along one line, with numbers in registers: <see cref="IWinogradTile"/>,
/// which explains them, has them for a processor.
/// </summary>
internal interface IWinogradMaps
{
    /// <summary>Taps of the filter along an axis: r.</summary>
    static abstract int Taps { get; }

    /// <summary>Points of evaluation: r + 3, which is also how many inputs a tile sees along an axis.</summary>
    static abstract int Points { get; }

    /// <summary>B^T x: from the inputs of a tile to their values at the points.</summary>
    static abstract Eight Input(Eight x);

    /// <summary>A^T m: from products at the points to 4 outputs.</summary>
    static abstract Eight Output(Eight m);

    /// <summary>A y: from 4 outputs' gradients to their values at the points.</summary>
    static abstract Eight OutputGradient(Eight y);

    /// <summary>G w: from r taps to their values at the points.</summary>
    static abstract Eight Filter(Eight w);

    /// <summary>G^T u: from gradients at the points to those of r taps.</summary>
    static abstract Eight FilterGradient(Eight u);
}

internal readonly struct InputMap<TMaps> : ILineMap
    where TMaps : struct, IWinogradMaps
{
    public static Eight Of(Eight line) => TMaps.Input(line);
}

internal readonly struct OutputMap<TMaps> : ILineMap
    where TMaps : struct, IWinogradMaps
{
    public static Eight Of(Eight line) => TMaps.Output(line);
}

internal readonly struct OutputGradientMap<TMaps> : ILineMap
    where TMaps : struct, IWinogradMaps
{
    public static Eight Of(Eight line) => TMaps.OutputGradient(line);
}

internal readonly struct FilterMap<TMaps> : ILineMap
    where TMaps : struct, IWinogradMaps
{
    public static Eight Of(Eight line) => TMaps.Filter(line);
}

internal readonly struct FilterGradientMap<TMaps> : ILineMap
    where TMaps : struct, IWinogradMaps
{
    public static Eight Of(Eight line) => TMaps.FilterGradient(line);
}
