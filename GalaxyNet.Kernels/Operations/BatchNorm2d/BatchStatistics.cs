using ILGPU;
using ILGPU.Runtime;
using static GalaxyNet.Kernels.BatchNorm2dKernels;
using Floats = ILGPU.ArrayView<float>;

namespace GalaxyNet.Kernels;

/// <summary>
/// What <see cref="BatchNorm2d"/> and <see cref="BatchNormReluMaxPool2d"/> know of a batch: mean and variance of each channel, kept
/// from the forward pass to the backward pass. Each is found by two launches: sums over parts of the batch, and their totals.
/// </summary>
internal sealed class BatchStatistics : IDisposable
{
    private readonly Device device;
    private readonly int channels;
    private readonly float momentum;
    private readonly float epsilon;
    private readonly Workspace<float> partials;
    private readonly Action<KernelConfig, Floats, Floats, Floats, int> partialMoments;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, Floats, Floats, int, int, float> totalMoments;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, Floats, Floats, int, int, float> joinMoments;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, Floats, float> totalGradients;

    public BatchStatistics(Device device, int channels, float momentum, float epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        momentum.RequireUpTo(1f, nameof(momentum));
        epsilon.RequireUpTo(float.MaxValue, nameof(epsilon));
        this.device = device;
        this.channels = channels;
        this.momentum = momentum;
        this.epsilon = epsilon;
        Mean = device.Allocate([channels]);
        Variance = device.Allocate([channels]);
        partials = new Workspace<float>(device);
        var accelerator = device.Accelerator;
        partialMoments = accelerator.LoadStreamKernel<Floats, Floats, Floats, int>(PartialMomentsKernel);
        totalMoments = accelerator
            .LoadStreamKernel<Floats, Floats, Floats, Floats, Floats, Floats, int, int, float>(TotalMomentsKernel);
        joinMoments = accelerator
            .LoadStreamKernel<Floats, Floats, Floats, Floats, Floats, Floats, int, int, float>(JoinMomentsKernel);
        totalGradients = accelerator
            .LoadStreamKernel<Floats, Floats, Floats, Floats, Floats, float>(TotalGradientsKernel);
    }

    /// <summary>mu, [channels].</summary>
    public Tensor Mean { get; }

    /// <summary>v, [channels].</summary>
    public Tensor Variance { get; }

    /// <summary>Finds mu and v, and moves the running ones toward them.</summary>
    /// <param name="input">x.</param>
    /// <param name="runningMean">runningMean.</param>
    /// <param name="runningVariance">runningVariance.</param>
    /// <param name="moments">What the convolution that made x knows of it: where it does, x is not read.</param>
    public void Take(Tensor input, Tensor runningMean, Tensor runningVariance, ChannelMoments? moments)
    {
        if (moments is { AreKnown: true })
        {
            joinMoments(
                GroupSum.Launch(device, channels),
                moments.Means,
                moments.Squares,
                Mean.Data,
                Variance.Data,
                runningMean.Data,
                runningVariance.Data,
                input.Count / channels,
                moments.CountOfPart,
                momentum);
            return;
        }
        int pixels = input.Shape[2] * input.Shape[3];
        var (means, squares) = Partials(input);
        partialMoments(Planes(input), input.Data, means, squares, pixels);
        totalMoments(
            device.Loop(channels),
            means,
            squares,
            Mean.Data,
            Variance.Data,
            runningMean.Data,
            runningVariance.Data,
            input.Shape[0],
            pixels,
            momentum);
    }

    /// <summary>dw and db from what the groups of <see cref="Planes"/> left in <see cref="Partials"/>.</summary>
    public void TotalGradients(Tensor input, Tensor weightGradient, Tensor biasGradient)
    {
        var (sums, products) = Partials(input);
        totalGradients(
            device.Loop(channels), sums, products, Variance.Data, weightGradient.Data, biasGradient.Data, epsilon);
    }

    /// <summary>The launch of a kernel that walks the planes of an input: see <see cref="PlaneLoop"/>.</summary>
    public KernelConfig Planes(Tensor input) => GroupSum.Launch(device, Parts(input) * channels);

    /// <summary>Two numbers for each group of <see cref="Planes"/>.</summary>
    public (Floats First, Floats Second) Partials(Tensor input)
    {
        int length = Parts(input) * channels;
        var both = partials.AtLeast(2L * length);
        return (both.SubView(0, length), both.SubView(length, length));
    }

    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
        partials.Dispose();
    }

    private int Parts(Tensor input) => PlaneLoop.PartsOf(device, input.Shape[0], channels);
}
