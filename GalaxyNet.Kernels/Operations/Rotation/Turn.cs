using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>An <see cref="Orientation"/> with the sine and the cosine of its angle, in the fixed point of <see cref="LinePoint"/>.</summary>
internal readonly struct Turn
{
    /// <summary>The entries of a table of cosines, one for each degree.</summary>
    public const int FullTurn = 360;

    /// <summary>Looks the angle up.</summary>
    /// <param name="orientation">How an image is turned.</param>
    /// <param name="cosines">The cosine of each degree.</param>
    public Turn(Orientation orientation, ArrayView<long> cosines)
    {
        int angle = ((orientation.Degrees % FullTurn) + FullTurn) % FullTurn;
        Cosine = cosines[angle];
        Sine = cosines[(angle + (FullTurn * 3 / 4)) % FullTurn];
        Across = orientation.IsMirrored ? -1 : 1;
    }

    /// <summary>The angle's cosine.</summary>
    public long Cosine { get; }

    /// <summary>The angle's sine.</summary>
    public long Sine { get; }

    /// <summary>-1 if left and right change places, else 1.</summary>
    public int Across { get; }
}
