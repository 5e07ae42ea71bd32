using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>What the products of convolutions and dense layers may do to their factors.</summary>
public enum Precision
{
    /// <summary>Nothing: sums of products of float32, as accurate as float32 is.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the name of the format.")]
    Float32,

    /// <summary>
    /// Where it is faster, round them to TF32, of 8 bits of exponent and 10 of fraction, and multiply on tensor cores:
    /// relative errors of some 3e-4. The sums are float32. On a device without such cores the same as
    /// <see cref="Float32"/>.
    /// </summary>
    TensorFloat32,
}
