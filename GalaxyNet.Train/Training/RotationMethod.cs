namespace GalaxyNet.Train;

/// <summary>How images are rotated in training.</summary>
internal enum RotationMethod
{
    /// <summary>By any angle, along a cubic spline, as the notebook does.</summary>
    Cubic,

    /// <summary>By any angle, with straight lines from pixel to pixel: cheaper, and a little blurred.</summary>
    Bilinear,

    /// <summary>Not at all.</summary>
    None,
}
