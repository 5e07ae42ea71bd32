namespace GalaxyNet.Train;

/// <summary>The root mean square errors that the notebook reports, all measured on the challenge's full data.</summary>
internal static class NotebookScores
{
    /// <summary>Linear regression on the colour of the centre pixel.</summary>
    public const double CenterPixel = 0.1564;

    /// <summary>Linear regression on the average colour.</summary>
    public const double AverageColor = 0.1599;

    /// <summary>Always guessing the mean.</summary>
    public const double MeanGuess = 0.1639;
}
