using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>Two-dimensional convolution, as neural networks mean it: a cross-correlation.</summary>
/// <remarks>
/// With input x [batch, inChannels, inHeight, inWidth], weight w [outChannels, inChannels, kernelHeight, kernelWidth],
/// bias b [outChannels], stride s and padding p (x is zero outside its extents):
///
/// Forward:  y[n, o, i, j] = b[o] + sum over c, k, l of w[o, c, k, l] x[n, c, s i + k - p, s j + l - p]
/// Backward: dx[n, c, h, v] = sum over o, k, l, i, j with s i + k - p = h and s j + l - p = v of w[o, c, k, l] dy[n, o, i, j]
///           dw[o, c, k, l] = sum over n, i, j of dy[n, o, i, j] x[n, c, s i + k - p, s j + l - p]
///           db[o]          = sum over n, i, j of dy[n, o, i, j]
///
/// Each of the three big sums is a matrix product at heart. <see cref="Conv2dGpu"/> and <see cref="Conv2dCpu"/>
/// are its two schedules; neither ever builds the matrix of windows (im2col) in memory.
/// </remarks>
public sealed class Conv2d : DisposableOperation
{
    private readonly IConv2dSchedule schedule;
    private readonly ChannelSum channelSum;

    /// <summary>Compiles the kernels of the device's schedule.</summary>
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
        schedule = Device.Schedule == Schedule.Cpu
            ? new Conv2dCpu(device, geometry)
            : new Conv2dGpu(device, geometry, tile);
        channelSum = new ChannelSum(device);
    }

    /// <summary>The extents.</summary>
    public Conv2dGeometry Geometry { get; }

    /// <summary>y from x, w and b, for a batch of any size.</summary>
    /// <exception cref="ArgumentException">A shape is not what <see cref="Geometry"/> asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireForward(input, weight, bias, output);
        schedule.Forward(input, weight, bias, output);
    }

    /// <summary>y, and where the device can at no cost, the moments of its channels for the batch normalization after it.</summary>
    /// <exception cref="ArgumentException">A shape is not what <see cref="Geometry"/> asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    public void ForwardWithMoments(Tensor input, Tensor weight, Tensor bias, Tensor output, ChannelMoments moments)
    {
        RequireForward(input, weight, bias, output);
        ArgumentNullException.ThrowIfNull(moments);
        moments.Require(Device, nameof(moments));
        schedule.ForwardWithMoments(input, weight, bias, output, moments);
    }

    /// <summary>
    /// True where <see cref="ForwardReluMaxPool"/> and <see cref="BackwardWeightPooled"/> save writing and reading the whole output and
    /// its gradient.
    /// </summary>
    public bool CanPool => schedule.CanPool;

    /// <summary>
    /// y from x, w and b, passed through the ReLU and pooled over 2x2 windows while it is in registers: the numbers that <see cref="ReluMaxPool2d"/> would
    /// make of the output of <see cref="Forward"/>. Its <see cref="ReluMaxPool2d.Backward"/> takes the indices.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b.</param>
    /// <param name="output">[batch, outChannels, floor(outHeight / 2), floor(outWidth / 2)].</param>
    /// <param name="indices">A byte for each element of <paramref name="output"/>.</param>
    /// <exception cref="ArgumentException">A shape is not what <see cref="Geometry"/> asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    /// <exception cref="NotSupportedException"><see cref="CanPool"/> is false.</exception>
    public void ForwardReluMaxPool(Tensor input, Tensor weight, Tensor bias, Tensor output, DeviceBuffer<byte> indices)
    {
        RequirePooled(input, output, nameof(output), indices);
        weight.Require(Device, Geometry.WeightShape, nameof(weight));
        bias.Require(Device, [Geometry.OutChannels], nameof(bias));
        schedule.ForwardReluMaxPool(input, weight, bias, output, indices);
    }

    /// <summary>dx from dy and w.</summary>
    /// <exception cref="ArgumentException">A shape is not what <see cref="Geometry"/> asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        RequireInput(inputGradient, nameof(inputGradient));
        outputGradient.Require(Device, Geometry.OutputShape(inputGradient.Shape[0]), nameof(outputGradient));
        weight.Require(Device, Geometry.WeightShape, nameof(weight));
        schedule.BackwardInput(outputGradient, weight, inputGradient);
    }

    /// <summary>dw and db from x and dy.</summary>
    /// <exception cref="ArgumentException">A shape is not what <see cref="Geometry"/> asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        RequireInput(input, nameof(input));
        outputGradient.Require(Device, Geometry.OutputShape(input.Shape[0]), nameof(outputGradient));
        weightGradient.Require(Device, Geometry.WeightShape, nameof(weightGradient));
        biasGradient.Require(Device, [Geometry.OutChannels], nameof(biasGradient));
        schedule.BackwardWeight(input, outputGradient, weightGradient);
        channelSum.Sum(outputGradient, biasGradient);
    }

    /// <summary>dw and db from x and the gradient of the output after ReLU and pooling, after <see cref="ForwardReluMaxPool"/>.</summary>
    /// <param name="input">x.</param>
    /// <param name="indices">What <see cref="ForwardReluMaxPool"/> wrote.</param>
    /// <param name="outputGradient">The gradient of the pooled output.</param>
    /// <param name="weightGradient">dw.</param>
    /// <param name="biasGradient">db.</param>
    /// <exception cref="ArgumentException">A shape is not what <see cref="Geometry"/> asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    /// <exception cref="InvalidOperationException"><see cref="ForwardReluMaxPool"/> has not written the indices.</exception>
    /// <exception cref="NotSupportedException"><see cref="CanPool"/> is false.</exception>
    public void BackwardWeightPooled(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        RequirePooled(input, outputGradient, nameof(outputGradient), indices);
        indices.RequireWritten(Device, outputGradient.Count, nameof(indices));
        weightGradient.Require(Device, Geometry.WeightShape, nameof(weightGradient));
        biasGradient.Require(Device, [Geometry.OutChannels], nameof(biasGradient));
        schedule.BackwardWeightPooled(input, indices, outputGradient, weightGradient, biasGradient);
    }

    private protected override void Free()
    {
        schedule.Dispose();
        channelSum.Dispose();
    }

    private void RequireForward([NotNull] Tensor? input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireInput(input, nameof(input));
        weight.Require(Device, Geometry.WeightShape, nameof(weight));
        bias.Require(Device, [Geometry.OutChannels], nameof(bias));
        output.Require(Device, Geometry.OutputShape(input.Shape[0]), nameof(output));
    }

    private void RequirePooled([NotNull] Tensor? input, Tensor output, string outputName, DeviceBuffer<byte> indices)
    {
        if (!CanPool)
            throw new NotSupportedException("This device's convolution of this shape does not pool.");
        RequireInput(input, nameof(input));
        var pooled = MaxPool2d.OutputShape(Geometry.OutputShape(input.Shape[0]), PooledRows.Kernel);
        output.Require(Device, pooled, outputName);
        indices.Require(Device, pooled.Count, nameof(indices));
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

    /// <summary>True where <see cref="ForwardReluMaxPool"/> and <see cref="BackwardWeightPooled"/> are there.</summary>
    bool CanPool => false;

    /// <summary>y = w * x + b, passed through the ReLU and pooled over 2x2 windows.</summary>
    void ForwardReluMaxPool(Tensor input, Tensor weight, Tensor bias, Tensor output, DeviceBuffer<byte> indices) =>
        throw new NotSupportedException();

    /// <summary>dw and db from x and the gradient of the pooled output.</summary>
    void BackwardWeightPooled(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor biasGradient) => throw new NotSupportedException();

    /// <summary>dx from dy and w.</summary>
    void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient);

    /// <summary>dw from x and dy.</summary>
    void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient);
}
