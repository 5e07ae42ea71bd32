using System.Diagnostics.CodeAnalysis;
using static GalaxyNet.Kernels.BatchNorm2dKernels;

namespace GalaxyNet.Kernels;

/// <summary>
/// What <see cref="BatchNorm2d"/> and <see cref="BatchNormReluMaxPool2d"/> share: the checks of their arguments, and
/// the mean and variance of each channel of a batch, kept from the forward pass to the backward pass.
/// </summary>
/// <remarks>
/// A launch sums over parts of the batch, unless the convolution before has. The next one needs the totals, and finds
/// them itself: each of its groups adds up the parts of its channel again, all in the same order, and the first group
/// of each channel stores what comes out.
/// </remarks>
internal sealed class BatchStatistics : DisposableOperation
{
    // Every group reads all parts of its channel. By an estimate for a GPU full of groups, more of them than this would
    // take longer than a launch does.
    private const int MostPartsForEachGroup = 1024;

    private readonly int channels;
    private readonly float momentum;
    private readonly float epsilon;
    private readonly Workspace<float> partials;
    private readonly Action<KernelConfig, Floats, Floats, Floats, int, int> partialMoments;
    private readonly Action<KernelConfig, MomentParts, Floats, Floats> joinMoments;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, int, float> backwardEvaluation;
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
        partialMoments = device.Load<Floats, Floats, Floats, int, int>(PartialMomentsKernel);
        joinMoments = device.Load<MomentParts, Floats, Floats>(JoinMomentsKernel);
        backwardEvaluation = device.Load<Floats, Floats, Floats, Floats, int, float>(BackwardEvaluationKernel);
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
        RequireImages(input, nameof(input));
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

    /// <summary>Checks all arguments of a backward pass in evaluation but the output's gradient.</summary>
    public void RequireBackwardEvaluation(
        [NotNull] Tensor? weight, [NotNull] Tensor? runningVariance, [NotNull] Tensor? inputGradient)
    {
        RequireImages(inputGradient, nameof(inputGradient));
        weight.Require(Device, [channels], nameof(weight));
        runningVariance.Require(Device, [channels], nameof(runningVariance));
    }

    /// <summary>dx in evaluation, from dy, which may lie in the same memory.</summary>
    public void BackwardEvaluation(
        Tensor outputGradient, Tensor weight, Tensor runningVariance, Tensor inputGradient) => backwardEvaluation(
            Planes(outputGradient),
            outputGradient.Data,
            runningVariance.Data,
            weight.ToRead(),
            inputGradient.Data,
            outputGradient.Shape[2] * outputGradient.Shape[3],
            epsilon);

    /// <summary>Finds what the forward pass makes mu and v of.</summary>
    /// <param name="input">x.</param>
    /// <param name="moments">What the convolution that made x knows of it: where it does, x is not read.</param>
    public MomentParts TakeParts(Tensor input, ChannelMoments? moments)
    {
        int count = input.Count / channels;
        if (moments is { AreKnown: true })
            return moments.Parts > MostPartsForEachGroup
                ? Joined(moments.PartsOf(count), count)
                : moments.PartsOf(count);
        int pixels = input.Shape[2] * input.Shape[3];
        var (means, squares) = Partials(Parts(input));
        partialMoments(Planes(input), input.Data, means, squares, channels, pixels);
        int images = input.Shape[0] / Parts(input);
        return new MomentParts(
            means, squares, channels, input.Shape[0] % Parts(input), (images + 1) * pixels, images * pixels);
    }

    /// <summary>Where a forward pass leaves mu and v, and what it moves toward them.</summary>
    public StatisticsOutput Output(Tensor runningMean, Tensor runningVariance) =>
        new(Mean.Data, Variance.Data, runningMean.Data, runningVariance.Data, momentum);

    /// <summary>Where each group of <see cref="Planes"/> leaves its part of the sums of a backward pass.</summary>
    public GradientParts GradientParts(Tensor input)
    {
        var (sums, products) = Partials(Parts(input));
        return new GradientParts(sums, products);
    }

    /// <summary>The launch of a kernel that walks the planes of an input: see <see cref="PlaneLoop"/>.</summary>
    public KernelConfig Planes(Tensor input) => GroupSum.Launch(Device, Parts(input) * channels);

    private protected override void Free()
    {
        Mean.Dispose();
        Variance.Dispose();
        partials.Dispose();
    }

    private void RequireImages([NotNull] Tensor? images, string argument)
    {
        images.Require(Device, argument);
        if (images.Shape.Rank != 4)
            throw new ArgumentException(
                $"Batch normalization needs [batch, channels, height, width], not {images.Shape}.", argument);
        images.Require(Device, [images.Shape[0], channels, images.Shape[2], images.Shape[3]], argument);
    }

    private MomentParts Joined(MomentParts parts, int count)
    {
        var (means, squares) = Partials(1);
        joinMoments(GroupSum.Launch(Device, channels), parts, means, squares);
        return new MomentParts(means, squares, channels, 1, count, 0);
    }

    /// <summary>Two numbers for each part of each channel.</summary>
    private (Floats First, Floats Second) Partials(int parts)
    {
        int length = parts * channels;
        var both = partials.AtLeast(2L * length);
        return (both.SubView(0, length), both.SubView(length, length));
    }

    private int Parts(Tensor input) => PlaneLoop.PartsOf(Device, input.Shape[0], channels);
}
