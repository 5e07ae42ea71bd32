namespace GalaxyNet.Train;

/// <summary>The views of an image whose predictions are averaged: a galaxy has no top and no left side.</summary>
internal static class Views
{
    private const int FullTurn = 360;

    /// <summary>The numbers of views that can be averaged.</summary>
    public static IReadOnlyList<int> Counts { get; } = [1, 2, 4, 8, 16, 24];

    /// <summary>
    /// The image as it is; with more views, evenly spaced angles, each flipped and not. Up to 8 only move pixels.
    /// </summary>
    public static Pose[] Of(int count)
    {
        if (count == 1)
            return [Pose.AsIs];
        int angles = count / 2;
        return
        [
            .. from view in Enumerable.Range(0, count)
               select new Pose(view % angles * (FullTurn / angles), isMirrored: view >= angles),
        ];
    }
}
