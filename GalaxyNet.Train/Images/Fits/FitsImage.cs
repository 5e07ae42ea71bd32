namespace GalaxyNet.Train;

/// <summary>The pixels of a FITS image, in the units of the file.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Planes">One, or red, green and blue: each [height, width] from the top; NaN where there is no value.
/// </param>
internal sealed record FitsImage(int Width, int Height, IReadOnlyList<double[]> Planes);
