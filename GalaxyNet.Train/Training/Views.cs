using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>The turns that an image is shown in for an averaged answer: a galaxy has no top, and no left side.</summary>
internal static class Views
{
    private const int FullTurn = 360;

    /// <summary>How many there may be.</summary>
    public static IReadOnlyList<int> Counts { get; } = [1, 2, 4, 8, 16, 24];

    /// <summary>
    /// The image as it is; with more than one view, evenly spaced angles, each mirrored and not. Up to 8 only move pixels.
    /// </summary>
    public static Orientation[] Of(int count)
    {
        if (count == 1)
            return [default];
        int angles = count / 2;
        return
        [
            .. from view in Enumerable.Range(0, count)
               select new Orientation(view % angles * (FullTurn / angles), isMirrored: view >= angles),
        ];
    }
}
