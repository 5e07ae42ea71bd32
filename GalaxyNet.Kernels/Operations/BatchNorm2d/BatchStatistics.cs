using System.Diagnostics.CodeAnalysis;
using static GalaxyNet.Kernels.BatchNorm2dKernels;

namespace GalaxyNet.Kernels;

/// <summary>
/// What <see cref="BatchNorm2d"/> and <see cref="BatchNormReluMaxPool2d"/> share: the checks of their arguments, and
/// the mean and variance of each channel of a batch, kept from the forward pass to the backward pass. Those are found
/// by two launches: sums over parts of the batch, and their totals.
/// </summary>
internal sealed class BatchStatistics : DisposableOperation
{
    private readonly int channels;
    private readonly float momentum;
    private readonly float epsilon;
    private readonly Workspace<float> partials;
    private readonly Action<KernelConfig, Floats, Floats, Floats, int> partialMoments;
    private readonly Action<KernelConfig, Floats, Floats, StatisticsOutput, int, int> totalMoments;
    private readonly Action<KernelConfig, Floats, Floats, StatisticsOutput, int, int> joinMoments;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, Floats, float> totalGradients;
    private Shape? trainingShape;

    public BatchStatistics(Device device, int channels, float momentum, float epsilon)
        : base(device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        momentum.RequireUpTo(1f, nameof(momentum));
        epsilon.RequireUpTo(float.MaxValue, nameof(epsilon));
        this.channels = channels;
        this.momentum = momentum;
        this.epsilon = epsilon;
        Mean = device.Allocate([channels]);
        Variance = device.Allocate([channels]);
        partials = new Workspace<float>(device);
        partialMoments = device.Load<Floats, Floats, Floats, int>(PartialMomentsKernel);
        totalMoments = device.Load<Floats, Floats, StatisticsOutput, int, int>(TotalMomentsKernel);
        joinMoments = device.Load<Floats, Floats, StatisticsOutput, int, int>(JoinMomentsKernel);
        totalGradients = device.Load<Floats, Floats, Floats, Floats, Floats, float>(TotalGradientsKernel);
    }

    /// <summary>mu, [channels].</summary>
    public Tensor Mean { get; }

    /// <summary>v, [channels].</summary>
    public Tensor Variance { get; }

    /// <summary>Checks all arguments of a forward pass but the output.</summary>
    public void RequireForward(
        [NotNull] Tensor? input,
        [NotNull] Tensor? weight,
        [NotNull] Tensor? bias,
        [NotNull] Tensor? runningMean,
        [NotNull] Tensor? runningVariance)
    {
        input.Require(Device, nameof(input));
        if (input.Shape.Rank != 4)
            throw new ArgumentException(
                $"Batch normalization needs [batch, channels, height, width], not {input.Shape}.", nameof(input));
        input.Require(Device, [input.Shape[0], channels, input.Shape[2], input.Shape[3]], nameof(input));
        weight.Require(Device, [channels], nameof(weight));
        bias.Require(Device, [channels], nameof(bias));
        runningMean.Require(Device, [channels], nameof(runningMean));
        runningVariance.Require(Device, [channels], nameof(runningVariance));
    }

    /// <summary>Lets a backward pass follow, for an input of this shape.</summary>
    /// <exception cref="ArgumentException">
    /// A channel has only one value and so no variance, or the moments are not of this input.
    /// </exception>
    public void BeginTraining(Tensor input, ChannelMoments? moments)
    {
        if (input.Count == channels)
            throw new ArgumentException(
                $"Batch normalization cannot train on {input.Shape}: a channel needs more than one value.",
                nameof(input));
        moments?.RequireOf(input, nameof(moments));
        trainingShape = input.Shape;
    }

    /// <summary>Checks all arguments of a backward pass but the output's gradient.</summary>
    /// <exception cref="InvalidOperationException">There was no <see cref="BeginTraining"/> before.</exception>
    public void RequireBackward(
        [NotNull] Tensor? input,
        [NotNull] Tensor? weight,
        [NotNull] Tensor? inputGradient,
        [NotNull] Tensor? weightGradient,
        [NotNull] Tensor? biasGradient)
    {
        input.Require(Device, nameof(input));
        if (trainingShape is null)
            throw new InvalidOperationException("Batch normalization goes backward only after ForwardTraining.");
        input.Require(Device, trainingShape, nameof(input));
        weight.Require(Device, [channels], nameof(weight));
        inputGradient.Require(Device, trainingShape, nameof(inputGradient));
        weightGradient.Require(Device, [channels], nameof(weightGradient));
        biasGradient.Require(Device, [channels], nameof(biasGradient));
    }

    /// <summary>Finds mu and v, and moves the running ones toward them.</summary>
    /// <param name="input">x.</param>
    /// <param name="runningMean">runningMean.</param>
    /// <param name="runningVariance">runningVariance.</param>
    /// <param name="moments">What the convolution that made x knows of it: where it does, x is not read.</param>
    public void Take(Tensor input, Tensor runningMean, Tensor runningVariance, ChannelMoments? moments)
    {
        var output = new StatisticsOutput(
            Mean.Data, Variance.Data, runningMean.Data, runningVariance.Data, momentum);
        if (moments is { AreKnown: true })
        {
            joinMoments(
                GroupSum.Launch(Device, channels),
                moments.Means,
                moments.Squares,
                output,
                input.Count / channels,
                moments.CountOfPart);
            return;
        }
        int pixels = input.Shape[2] * input.Shape[3];
        var (means, squares) = Partials(input);
        partialMoments(Planes(input), input.Data, means, squares, pixels);
        totalMoments(Device.Loop(channels), means, squares, output, input.Shape[0], pixels);
    }

    /// <summary>dw and db from what the groups of <see cref="Planes"/> left in <see cref="Partials"/>.</summary>
    public void TotalGradients(Tensor input, Tensor weightGradient, Tensor biasGradient)
    {
        var (sums, products) = Partials(input);
        totalGradients(
            Device.Loop(channels), sums, products, Variance.Data, weightGradient.Data, biasGradient.Data, epsilon);
    }

    /// <summary>The launch of a kernel that walks the planes of an input: see <see cref="PlaneLoop"/>.</summary>
    public KernelConfig Planes(Tensor input) => GroupSum.Launch(Device, Parts(input) * channels);

    /// <summary>Two numbers for each group of <see cref="Planes"/>.</summary>
    public (Floats First, Floats Second) Partials(Tensor input)
    {
        int length = Parts(input) * channels;
        var both = partials.AtLeast(2L * length);
        return (both.SubView(0, length), both.SubView(length, length));
    }

    private protected override void Free()
    {
        Mean.Dispose();
        Variance.Dispose();
        partials.Dispose();
    }

    private int Parts(Tensor input) => PlaneLoop.PartsOf(Device, input.Shape[0], channels);
}
