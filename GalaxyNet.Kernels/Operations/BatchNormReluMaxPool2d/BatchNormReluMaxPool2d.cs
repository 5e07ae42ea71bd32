namespace GalaxyNet.Kernels;

/// <summary>Batch normalization, the ReLU and maximum pooling in as few passes over memory as there can be.</summary>
/// <remarks>
/// The maths is that of <see cref="BatchNorm2d"/> followed by <see cref="ReluMaxPool2d"/>. The normalized image is
/// never written, nor is its gradient: x is read once to normalize and pool it, once for the sums of the backward pass,
/// and once for dx. On a GPU these are the launches of <see cref="BatchNormReluMaxPool2dKernels"/>. On the CPU one
/// thread takes a channel through all of it while its images are in the cache: see
/// <see cref="BatchNormReluMaxPool2dForwardWork"/>. Windows of one pixel pool nothing, and leave the normalization and
/// the ReLU.
/// </remarks>
public sealed class BatchNormReluMaxPool2d : DisposableOperation
{
    private readonly int channels;
    private readonly int kernel;
    private readonly float momentum;
    private readonly float epsilon;
    private readonly BatchStatistics statistics;
    private readonly ReluMaxPool2d pooling;
    private readonly Action<
        KernelConfig, Floats, MomentParts, StatisticsOutput, Floats, Floats, Floats, Bytes, WindowedPlanes, float>
        forwardTraining;
    private readonly Action<
        KernelConfig, Floats, Floats, Floats, Floats, Floats, Floats, Bytes, WindowedPlanes, float> forwardEvaluation;
    private readonly Action<
        KernelConfig, Floats, Bytes, Floats, Floats, GradientParts, WindowedPlanes> partialGradients;
    private readonly Action<
        KernelConfig, Floats, Bytes, Floats, Floats, Floats, Floats, GradientParts, GradientOutput, Floats,
        WindowedPlanes, float> inputGradient;
    private readonly SimdKernel<BatchNormReluMaxPool2dForwardWork> forwardOnCpu;
    private readonly SimdKernel<BatchNormReluMaxPool2dBackwardWork> backwardOnCpu;

    /// <summary>Prepares the kernels for a device and allocates what training keeps from forward to backward.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="kernel">The side of the pooling window and its stride, in pixels: 1 to 15.</param>
    /// <param name="momentum">The weight of a batch in the running mean and variance.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="channels"/> is under 1, <paramref name="kernel"/> not from 1 to 15, <paramref name="momentum"/>
    /// not from 0 to 1, or <paramref name="epsilon"/> is negative or NaN.
    /// </exception>
    public BatchNormReluMaxPool2d(
        Device device, int channels, int kernel, float momentum = 0.1f, float epsilon = 1e-5f)
        : base(device)
    {
        pooling = new ReluMaxPool2d(device, kernel);
        this.channels = channels;
        this.kernel = kernel;
        this.momentum = momentum;
        this.epsilon = epsilon;
        statistics = new BatchStatistics(device, channels, momentum, epsilon);
        forwardTraining = device.Load<
            Floats, MomentParts, StatisticsOutput, Floats, Floats, Floats, Bytes, WindowedPlanes, float>(
            BatchNormReluMaxPool2dKernels.ForwardTrainingKernel);
        forwardEvaluation = device.Load<
            Floats, Floats, Floats, Floats, Floats, Floats, Bytes, WindowedPlanes, float>(
            BatchNormReluMaxPool2dKernels.ForwardEvaluationKernel);
        partialGradients = device.Load<Floats, Bytes, Floats, Floats, GradientParts, WindowedPlanes>(
            BatchNormReluMaxPool2dKernels.PartialGradientsKernel);
        inputGradient = device.Load<
            Floats, Bytes, Floats, Floats, Floats, Floats, GradientParts, GradientOutput, Floats, WindowedPlanes,
            float>(
            BatchNormReluMaxPool2dKernels.InputGradientKernel);
        forwardOnCpu = new SimdKernel<BatchNormReluMaxPool2dForwardWork>(device);
        backwardOnCpu = new SimdKernel<BatchNormReluMaxPool2dBackwardWork>(device);
    }

    private bool HasVectorBody => Device.Schedule == Schedule.Cpu && (kernel is 1 or PooledRows.Kernel);

    /// <summary>y and the indices with the statistics of this batch, which move the running ones.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b.</param>
    /// <param name="runningMean">runningMean.</param>
    /// <param name="runningVariance">runningVariance.</param>
    /// <param name="output">y.</param>
    /// <param name="indices">A byte for each element of y.</param>
    /// <param name="moments">What the convolution that made x knows of it, for <see cref="BatchNorm2d"/>.</param>
    /// <exception cref="ArgumentException">A channel has only one value and so no variance.</exception>
    public void ForwardTraining(
        Tensor input,
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        Tensor output,
        DeviceBuffer<byte> indices,
        ChannelMoments? moments = null)
    {
        RequireForward(input, weight, bias, runningMean, runningVariance, output, indices);
        statistics.BeginTraining(input, moments);
        if (HasVectorBody)
        {
            forwardOnCpu.Launch(
                Forward(input, weight, bias, output, indices, statistics.Mean, statistics.Variance) with
                {
                    RunningMean = runningMean.Data,
                    RunningVariance = runningVariance.Data,
                    Momentum = momentum,
                    Count = input.Count / channels,
                });
            return;
        }
        var parts = statistics.TakeParts(input, moments);
        forwardTraining(
            statistics.Planes(input),
            input.Data,
            parts,
            statistics.Output(runningMean, runningVariance),
            weight.ToRead(),
            bias.ToRead(),
            output.Data,
            indices.View,
            Planes(input),
            epsilon);
    }

    /// <summary>y and the indices with the running statistics.</summary>
    public void ForwardEvaluation(
        Tensor input,
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        Tensor output,
        DeviceBuffer<byte> indices)
    {
        RequireForward(input, weight, bias, runningMean, runningVariance, output, indices);
        if (HasVectorBody)
        {
            forwardOnCpu.Launch(Forward(input, weight, bias, output, indices, runningMean, runningVariance));
            return;
        }
        forwardEvaluation(
            statistics.Planes(input),
            input.Data,
            runningMean.Data,
            runningVariance.Data,
            weight.ToRead(),
            bias.ToRead(),
            output.Data,
            indices.View,
            Planes(input),
            epsilon);
    }

    /// <summary>
    /// dx, dw and db from x, indices, dy and w, after <see cref="ForwardTraining"/> of the same x. dx may lie in x's
    /// memory.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// There was no <see cref="ForwardTraining"/> before, or with other indices.
    /// </exception>
    public void Backward(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        statistics.RequireBackward(input, weight, inputGradient, weightGradient, biasGradient);
        var pooled = MaxPool2d.OutputShape(input.Shape, kernel);
        outputGradient.Require(Device, pooled, nameof(outputGradient));
        indices.RequireWritten(Device, pooled.Count, nameof(indices));
        if (!HasVectorBody)
        {
            BackwardLaunches(input, indices, outputGradient, weight, inputGradient, weightGradient, biasGradient);
            return;
        }
        backwardOnCpu.Launch(new BatchNormReluMaxPool2dBackwardWork
        {
            Input = input.Data,
            Indices = indices.View,
            OutputGradient = outputGradient.Data,
            Weight = weight.ToRead(),
            Mean = statistics.Mean.Data,
            Variance = statistics.Variance.Data,
            InputGradient = inputGradient.Data,
            WeightGradient = weightGradient.Data,
            BiasGradient = biasGradient.Data,
            Images = input.Shape[0],
            Size = Size(input),
            Kernel = kernel,
            Epsilon = epsilon,
        });
    }

    /// <summary>
    /// dx from indices, dy, w and the running variance, after <see cref="ForwardEvaluation"/>: of a normalization that
    /// is not trained. dx may lie in x's memory.
    /// </summary>
    /// <remarks>It takes dx through memory twice: first back through the pooling, then by the scale.</remarks>
    /// <exception cref="InvalidOperationException">No forward pass has written the indices.</exception>
    public void BackwardEvaluation(
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weight,
        Tensor runningVariance,
        Tensor inputGradient)
    {
        statistics.RequireBackwardEvaluation(weight, runningVariance, inputGradient);
        pooling.Backward(indices, outputGradient, inputGradient);
        statistics.BackwardEvaluation(inputGradient, weight, runningVariance, inputGradient);
    }

    private protected override void Free() => statistics.Dispose();

    private static ImageShape Size(Tensor input) => new(input.Shape[1], input.Shape[2], input.Shape[3]);

    private BatchNormReluMaxPool2dForwardWork Forward(
        Tensor input,
        Tensor weight,
        Tensor bias,
        Tensor output,
        DeviceBuffer<byte> indices,
        Tensor means,
        Tensor variances) => new()
        {
            Input = input.Data,
            Weight = weight.ToRead(),
            Bias = bias.ToRead(),
            Mean = means.Data,
            Variance = variances.Data,
            Output = output.Data,
            Indices = indices.View,
            Images = input.Shape[0],
            Size = Size(input),
            Kernel = kernel,
            Epsilon = epsilon,
        };

    private WindowedPlanes Planes(Tensor input) => new(input.Shape[2], input.Shape[3], kernel);

    private void BackwardLaunches(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        var parts = statistics.GradientParts(input);
        partialGradients(
            statistics.Planes(input),
            input.Data,
            indices.View,
            outputGradient.Data,
            statistics.Mean.Data,
            parts,
            Planes(input));
        this.inputGradient(
            statistics.Planes(input),
            input.Data,
            indices.View,
            outputGradient.Data,
            statistics.Mean.Data,
            statistics.Variance.Data,
            weight.ToRead(),
            parts,
            new GradientOutput(weightGradient.Data, biasGradient.Data),
            inputGradient.Data,
            Planes(input),
            epsilon);
    }

    private void RequireForward(
        Tensor input,
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        Tensor output,
        DeviceBuffer<byte> indices)
    {
        statistics.RequireForward(input, weight, bias, runningMean, runningVariance);
        var pooled = MaxPool2d.OutputShape(input.Shape, kernel);
        output.Require(Device, pooled, nameof(output));
        indices.Require(Device, pooled.Count, nameof(indices));
    }
}
