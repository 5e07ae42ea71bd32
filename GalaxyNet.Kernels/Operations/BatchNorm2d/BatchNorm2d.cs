using static GalaxyNet.Kernels.BatchNorm2dKernels;

namespace GalaxyNet.Kernels;

/// <summary>
/// Batch normalization of images: each channel is shifted and scaled to a learned mean and standard deviation.
/// </summary>
/// <remarks>
/// With input x [batch, channels, height, width], weight w and bias b [channels], and sums over the
/// m = batch * height * width elements of a channel:
///
/// Forward, training:   mu = sum(x) / m,  v = sum((x - mu)^2) / m
///                      y  = w (x - mu) / sqrt(v + epsilon) + b
///                      runningMean     = (1 - momentum) runningMean + momentum mu
///                      runningVariance = (1 - momentum) runningVariance + momentum v m / (m - 1)
/// Forward, evaluation: y with runningMean and runningVariance instead of mu and v
/// Backward:            db = sum(dy)
///                      dw = sum(dy (x - mu)) / sqrt(v + epsilon)
///                      dx = w / sqrt(v + epsilon) (dy - db / m - (x - mu) / sqrt(v + epsilon) dw / m)
/// Backward, evaluation: dx = w / sqrt(runningVariance + epsilon) dy
///
/// Ioffe and Szegedy, "Batch normalization", 2015; the running variance is the unbiased one, as in PyTorch.
///
/// Training takes two launches each way: sums over parts of the batch, and the result element by element.
/// <see cref="Moments"/> explains how the variance keeps its digits.
/// </remarks>
public sealed class BatchNorm2d : DisposableOperation
{
    private readonly float epsilon;
    private readonly BatchStatistics statistics;
    private readonly Action<
        KernelConfig, Floats, MomentParts, StatisticsOutput, Floats, Floats, Floats, int, float> forwardTraining;
    private readonly Action<
        KernelConfig, Floats, Floats, Floats, Floats, Floats, Floats, int, float> forwardEvaluation;
    private readonly Action<KernelConfig, Floats, Floats, Floats, GradientParts, int> partialGradients;
    private readonly Action<
        KernelConfig, Floats, Floats, Floats, Floats, Floats, GradientParts, GradientOutput, Floats, int, float>
        inputGradient;

    /// <summary>Prepares the kernels for a device and allocates what training keeps from forward to backward.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="momentum">The weight of a batch in the running mean and variance.</param>
    /// <param name="epsilon">What is added to the variance, so that a constant channel does not divide by zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="channels"/> is under 1, <paramref name="momentum"/> not from 0 to 1, or
    /// <paramref name="epsilon"/> is negative or NaN.
    /// </exception>
    public BatchNorm2d(Device device, int channels, float momentum = 0.1f, float epsilon = 1e-5f)
        : base(device)
    {
        this.epsilon = epsilon;
        statistics = new BatchStatistics(device, channels, momentum, epsilon);
        forwardTraining = device.Load<
            Floats, MomentParts, StatisticsOutput, Floats, Floats, Floats, int, float>(ForwardTrainingKernel);
        forwardEvaluation = device.Load<Floats, Floats, Floats, Floats, Floats, Floats, int, float>(
            ForwardEvaluationKernel);
        partialGradients = device.Load<Floats, Floats, Floats, GradientParts, int>(PartialGradientsKernel);
        inputGradient = device.Load<
            Floats, Floats, Floats, Floats, Floats, GradientParts, GradientOutput, Floats, int, float>(
            InputGradientKernel);
    }

    /// <summary>
    /// y with the statistics of this batch, which move the running ones and are kept for <see cref="Backward"/>.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b.</param>
    /// <param name="runningMean">runningMean.</param>
    /// <param name="runningVariance">runningVariance.</param>
    /// <param name="output">y.</param>
    /// <param name="moments">What the convolution that made x knows of it: where it does, x is read only once.</param>
    /// <exception cref="ArgumentException">A channel has only one value and so no variance.</exception>
    public void ForwardTraining(
        Tensor input,
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        Tensor output,
        ChannelMoments? moments = null)
    {
        RequireForward(input, weight, bias, runningMean, runningVariance, output);
        statistics.BeginTraining(input, moments);
        var parts = statistics.TakeParts(input, moments);
        forwardTraining(
            statistics.Planes(input),
            input.Data,
            parts,
            statistics.Output(runningMean, runningVariance),
            weight.ToRead(),
            bias.ToRead(),
            output.Data,
            Pixels(input),
            epsilon);
    }

    /// <summary>y with the running statistics.</summary>
    public void ForwardEvaluation(
        Tensor input, Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, Tensor output)
    {
        RequireForward(input, weight, bias, runningMean, runningVariance, output);
        forwardEvaluation(
            statistics.Planes(input),
            input.Data,
            runningMean.Data,
            runningVariance.Data,
            weight.ToRead(),
            bias.ToRead(),
            output.Data,
            Pixels(input),
            epsilon);
    }

    /// <summary>
    /// dx, dw and db from x, dy and w, after <see cref="ForwardTraining"/> of the same x;
    /// <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no <see cref="ForwardTraining"/> before.</exception>
    public void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        statistics.RequireBackward(input, weight, inputGradient, weightGradient, biasGradient);
        outputGradient.Require(Device, input.Shape, nameof(outputGradient));
        int pixels = Pixels(input);
        var parts = statistics.GradientParts(input);
        partialGradients(
            statistics.Planes(input), input.Data, outputGradient.Data, statistics.Mean.Data, parts, pixels);
        this.inputGradient(
            statistics.Planes(input),
            input.Data,
            outputGradient.Data,
            statistics.Mean.Data,
            statistics.Variance.Data,
            weight.ToRead(),
            parts,
            new GradientOutput(weightGradient.Data, biasGradient.Data),
            inputGradient.Data,
            pixels,
            epsilon);
    }

    /// <summary>
    /// dx from dy, w and the running variance, as <see cref="ForwardEvaluation"/> makes y: of a normalization that is
    /// not trained. <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.
    /// </summary>
    public void BackwardEvaluation(Tensor outputGradient, Tensor weight, Tensor runningVariance, Tensor inputGradient)
    {
        statistics.RequireBackwardEvaluation(weight, runningVariance, inputGradient);
        outputGradient.Require(Device, inputGradient.Shape, nameof(outputGradient));
        statistics.BackwardEvaluation(outputGradient, weight, runningVariance, inputGradient);
    }

    private protected override void Free() => statistics.Dispose();

    private static int Pixels(Tensor input) => input.Shape[2] * input.Shape[3];

    private void RequireForward(
        Tensor input, Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, Tensor output)
    {
        statistics.RequireForward(input, weight, bias, runningMean, runningVariance);
        output.Require(Device, input.Shape, nameof(output));
    }
}
