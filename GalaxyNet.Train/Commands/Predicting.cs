using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>Asks a trained network about images.</summary>
internal static class Predicting
{
    /// <summary>What a network says about galaxies.</summary>
    /// <param name="terminal">Shows how far it is.</param>
    /// <param name="network">The network.</param>
    /// <param name="galaxies">The images.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="settings">What the network was trained with.</param>
    /// <param name="averageViews">Over how many views of an image to take the mean; as in training without it.</param>
    /// <returns>[chosen, 37].</returns>
    /// <exception cref="UserErrorException">The network's answers are NaN.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static float[] Predict(
        this Terminal terminal, Sequential network, GalaxyDataset galaxies, int[] chosen, TrainingSettings settings, int? averageViews)
    {
        using var loop = new BatchLoop(network, galaxies.Pixels, galaxies.Targets, settings.ToInterpolation());
        var views = Views.Of(averageViews ?? settings.AverageViews);
        float[] predictions = terminal.Track(
            "Predicting", progress => loop.Predict(chosen, views, progress, terminal.Cancellation));
        return Array.TrueForAll(predictions, float.IsFinite)
            ? predictions
            : throw new UserErrorException("The network's answers are NaN or infinite, so its weights are of no use: train anew");
    }
}
