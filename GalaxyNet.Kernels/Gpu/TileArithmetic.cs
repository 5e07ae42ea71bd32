namespace GalaxyNet.Kernels;

/// <summary>What multiplies the numbers of a tile.</summary>
internal enum TileArithmetic
{
    /// <summary>Float32, in a processor's ordinary cores.</summary>
    Float32,

    /// <summary>Tensor cores, on numbers rounded to TF32: 8 bits of exponent and 10 of fraction.</summary>
    Tf32,

    /// <summary>
    /// Tensor cores, three times: each number is the sum of two of TF32, and but for the product of both small parts
    /// all are added. As accurate as float32.
    /// </summary>
    Tf32x3,
}
