namespace GalaxyNet.Kernels;

/// <summary>What a <see cref="Rotation"/> takes for the brightness between pixels.</summary>
public enum Interpolation
{
    /// <summary>The cubic spline through all pixels: smooth and sharp.</summary>
    Cubic,

    /// <summary>A mean of the four pixels around, each weighted by how near it is: cheap, and a little blurred.</summary>
    Bilinear,
}
