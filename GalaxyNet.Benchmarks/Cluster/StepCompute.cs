namespace GalaxyNet.Benchmarks;

/// <summary>What a machine computes in a training step of attempt 4, in seconds.</summary>
/// <param name="ConvolutionsForward">The forward pass of the network's first part.</param>
/// <param name="Dense">Both passes of its last part.</param>
/// <param name="ConvolutionsBackward">The backward pass of its first part.</param>
/// <param name="Optimizer">The update of all parameters.</param>
internal sealed record StepCompute(
    double ConvolutionsForward, double Dense, double ConvolutionsBackward, double Optimizer)
{
    /// <summary>The images of the step.</summary>
    public const int Images = 64;

    /// <summary>Two cores of an AMD EPYC, stage by stage, as the page on speed has them.</summary>
    public static StepCompute OnTwoCores { get; } = new(44.0e-3, 21.3e-3, 75.0e-3, 4.1e-3);

    /// <summary>All of it.</summary>
    public double Seconds => ConvolutionsForward + Dense + ConvolutionsBackward + Optimizer;

    /// <summary>The same shares of a step on a machine that trains on so many images per second.</summary>
    public StepCompute At(double imagesPerSecond)
    {
        double factor = Images / imagesPerSecond / Seconds;
        return new StepCompute(
            ConvolutionsForward * factor, Dense * factor, ConvolutionsBackward * factor, Optimizer * factor);
    }
}
