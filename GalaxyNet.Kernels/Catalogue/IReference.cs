namespace GalaxyNet.Kernels;

/// <summary>An operation's formula as plain loops in float64, under the catalogue's uniform signature.</summary>
/// <remarks>Arrays are of double and have the rank and extents of their <see cref="Argument"/>.</remarks>
internal interface IReference
{
    /// <summary>The output; an argument that the operation updates is changed in place.</summary>
    Array Forward(Array[] arguments);

    /// <summary>The gradient with respect to each argument; null where the operation has none.</summary>
    Array?[] Backward(Array[] arguments, Array outputGradient);
}
