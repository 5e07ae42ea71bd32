using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>Two-dimensional convolution, as neural networks mean it: a cross-correlation.</summary>
/// <remarks>
/// With input x [batch, inChannels, inHeight, inWidth], weight w [outChannels, inChannels, kernelHeight, kernelWidth],
/// bias b [outChannels], stride s and padding p (x is zero outside its extents):
///
/// Forward:  y[n, o, i, j] = b[o] + sum over c, k, l of w[o, c, k, l] x[n, c, s i + k - p, s j + l - p]
/// Backward: dx[n, c, h, v] = sum over o, k, l, i, j with s i + k - p = h and s j + l - p = v
///                            of w[o, c, k, l] dy[n, o, i, j]
///           dw[o, c, k, l] = sum over n, i, j of dy[n, o, i, j] x[n, c, s i + k - p, s j + l - p]
///           db[o]          = sum over n, i, j of dy[n, o, i, j]
///
/// <see cref="Conv2dReference"/> has these sums as plain loops. Each of the three big ones is a matrix product at
/// heart: <see cref="Conv2dGpu"/> and <see cref="Conv2dCpu"/> are the two schedules, and neither ever builds the matrix
/// of windows (im2col) in memory.
/// </remarks>
public sealed class Conv2d : DisposableOperation
{
    private readonly IConv2dSchedule schedule;

    /// <summary>Prepares the kernels of the device's schedule.</summary>
    public Conv2d(Device device, Conv2dGeometry geometry)
        : this(device, geometry, null)
    {
    }

    /// <summary>With a tile for the GPU schedule that is used at every shape, for tests; null for the best.</summary>
    internal Conv2d(Device device, Conv2dGeometry geometry, TileChoice? tile)
        : base(device)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        Geometry = geometry;
        schedule = Device.Schedule == Schedule.Cpu ? new Conv2dCpu(device, geometry)
            : CudaTileShapes.Serve(device, tile) && Conv2dCuda.Fits(geometry) ? new Conv2dCuda(device, geometry, tile)
            : new Conv2dGpu(device, geometry, tile);
    }

    /// <summary>The extents, which give the shapes of all arguments.</summary>
    public Conv2dGeometry Geometry { get; }

    /// <summary>y from x, w and b, for a batch of any size.</summary>
    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireForward(input, weight, bias, output);
        schedule.Forward(input, weight, bias, output);
    }

    /// <summary>
    /// y, and where the device can at no cost, the moments of its channels for the batch normalization after it.
    /// </summary>
    public void ForwardWithMoments(Tensor input, Tensor weight, Tensor bias, Tensor output, ChannelMoments moments)
    {
        RequireForward(input, weight, bias, output);
        ArgumentNullException.ThrowIfNull(moments);
        moments.Require(Device, nameof(moments));
        schedule.ForwardWithMoments(input, weight, bias, output, moments);
    }

    /// <summary>dx from dy and w.</summary>
    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        RequireBackwardInput(outputGradient, weight, inputGradient);
        schedule.BackwardInput(outputGradient, weight, inputGradient);
    }

    /// <summary>dw and db from x and dy.</summary>
    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        RequireBackwardWeight(input, outputGradient, weightGradient, biasGradient);
        schedule.BackwardWeight(input, outputGradient, weightGradient, biasGradient);
    }

    /// <summary>dx, dw and db together, which takes fewer launches on some devices.</summary>
    public void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        RequireBackwardInput(outputGradient, weight, inputGradient);
        RequireBackwardWeight(input, outputGradient, weightGradient, biasGradient);
        schedule.Backward(input, outputGradient, weight, inputGradient, weightGradient, biasGradient);
    }

    /// <summary>How the three passes run for so many images.</summary>
    internal Conv2dPlan PlanFor(int images) => schedule.PlanFor(images);

    private protected override void Free() => schedule.Dispose();

    private void RequireForward([NotNull] Tensor? input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireInput(input, nameof(input));
        weight.Require(Device, Geometry.WeightShape, nameof(weight));
        bias.Require(Device, [Geometry.OutChannels], nameof(bias));
        output.Require(Device, Geometry.OutputShape(input.Shape[0]), nameof(output));
    }

    private void RequireBackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        RequireInput(inputGradient, nameof(inputGradient));
        outputGradient.Require(Device, Geometry.OutputShape(inputGradient.Shape[0]), nameof(outputGradient));
        weight.Require(Device, Geometry.WeightShape, nameof(weight));
    }

    private void RequireBackwardWeight(
        Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        RequireInput(input, nameof(input));
        outputGradient.Require(Device, Geometry.OutputShape(input.Shape[0]), nameof(outputGradient));
        weightGradient.Require(Device, Geometry.WeightShape, nameof(weightGradient));
        biasGradient.Require(Device, [Geometry.OutChannels], nameof(biasGradient));
    }

    private void RequireInput([NotNull] Tensor? input, string argument)
    {
        input.Require(Device, argument);
        input.Require(Device, Geometry.InputShape(input.Shape[0]), argument);
    }
}

/// <summary>One way to run the three sums of <see cref="Conv2d"/>; shapes are checked before it is called.</summary>
internal interface IConv2dSchedule : IDisposable
{
    /// <summary>y = w * x + b.</summary>
    void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output);

    /// <summary>y, and the moments of its channels where they cost nothing.</summary>
    void ForwardWithMoments(Tensor input, Tensor weight, Tensor bias, Tensor output, ChannelMoments moments)
    {
        moments.Resize(0, 0, 0);
        Forward(input, weight, bias, output);
    }

    /// <summary>dx from dy and w.</summary>
    void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient);

    /// <summary>dw and db from x and dy.</summary>
    void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient);

    /// <summary>dx, dw and db.</summary>
    void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        BackwardWeight(input, outputGradient, weightGradient, biasGradient);
        BackwardInput(outputGradient, weight, inputGradient);
    }

    /// <summary>How they run for so many images.</summary>
    Conv2dPlan PlanFor(int images);
}

/// <summary>How the passes of a convolution run: the tests see by it that they have reached every way.</summary>
internal sealed record Conv2dPlan(PassPlan Forward, PassPlan? BackwardInput, PassPlan BackwardWeight);

/// <summary>How one pass runs.</summary>
/// <param name="Algorithm">Such as <c>direct</c>; on a GPU the tile, such as <c>64x32</c>.</param>
/// <param name="Steps">How many pieces of the batch are taken one after the other.</param>
/// <param name="Bands">How many of them make up an image; 1 where each is one image or several.</param>
/// <param name="Parts">Into how many parts the work on each piece, or a sum over all of them, is split.</param>
internal sealed record PassPlan(string Algorithm, int Steps, int Bands, int Parts);
