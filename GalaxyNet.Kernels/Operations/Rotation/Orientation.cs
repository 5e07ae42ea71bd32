namespace GalaxyNet.Kernels;

/// <summary>How a <see cref="Rotation"/> turns an image: mirrored first, if at all, and then rotated.</summary>
public readonly record struct Orientation
{
    private readonly int mirror; // kernels take no bool from memory

    /// <summary>Makes one of the turns.</summary>
    /// <param name="degrees">Whole degrees, of any size and sign; counterclockwise if row 0 is the top of the image.</param>
    /// <param name="isMirrored">True if left and right change places before the rotation.</param>
    public Orientation(int degrees, bool isMirrored = false)
    {
        Degrees = degrees;
        mirror = isMirrored ? 1 : 0;
    }

    /// <summary>The angle.</summary>
    public int Degrees { get; }

    /// <summary>True if left and right change places.</summary>
    public bool IsMirrored => mirror != 0;
}
