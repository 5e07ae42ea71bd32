namespace GalaxyNet.Tests;

/// <summary>What one step of Adam does to the outputs of attempt 4.</summary>
internal static class FirstStep
{
    private const int Batch = 16;
    private const float Vote = 0.2f; // of all classes: the outputs begin near 0.5, and have to fall

    /// <summary>
    /// The size of the sums before the sigmoids, and the mean of y (1 - y) behind them, before and after the first step
    /// on images of noise.
    /// </summary>
    public static (double Size, double Slope)[] Measure(Device device, float learningRate)
    {
        var attempt = GalaxyZooNetworks.Attempt(4);
        using var network = attempt.Create(device, Batch, seed: 1);
        using var optimizer = new AdamOptimizer(network, learningRate);
        using var step = new TrainingStep(network, optimizer, [.. Enumerable.Repeat(1f / 37, 37)]);
        using var images = FirstWeights.Images(device, attempt.InputShape, Batch);
        using var votes = device.Allocate([Batch, 37], [.. Enumerable.Repeat(Vote, Batch * 37)]);
        var before = Outputs();
        step.Run(images, votes);
        return [before, Outputs()];

        (double, double) Outputs()
        {
            double[] y = [.. network.Forward(images, Mode.Training).ToArray().Select(value => (double)value)];
            double[] sums = [.. y.Select(value => Math.Log(value / (1 - value)))];
            return (Math.Sqrt(sums.Average(sum => sum * sum)), y.Average(value => value * (1 - value)));
        }
    }
}
