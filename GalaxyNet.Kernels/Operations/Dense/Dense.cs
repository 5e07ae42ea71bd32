namespace GalaxyNet.Kernels;

/// <summary>The fully connected layer: an affine map of each row.</summary>
/// <remarks>
/// With input x [batch, inFeatures], weight w [outFeatures, inFeatures] and bias b [outFeatures]:
///
/// Forward:  y = x w^T + b
/// Backward: dx = dy w
///           dw = dy^T x
///           db = sum over the batch of dy
///
/// Three matrix products; <see cref="DenseGpu"/> and <see cref="DenseCpu"/> are their two schedules.
/// </remarks>
public sealed class Dense : IDisposable
{
    private readonly Device device;
    private readonly IDenseSchedule schedule;
    private readonly ChannelSum channelSum;

    /// <summary>Compiles the kernels of the device's schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of features is under 1.</exception>
    public Dense(Device device, int inFeatures, int outFeatures)
        : this(device, inFeatures, outFeatures, null)
    {
    }

    /// <summary>With a tile for the GPU schedule that is used at every shape, for tests; null for the best.</summary>
    internal Dense(Device device, int inFeatures, int outFeatures, TileChoice? tile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        this.device = device;
        InFeatures = inFeatures;
        OutFeatures = outFeatures;
        schedule = device.Schedule == Schedule.Cpu
            ? new DenseCpu(device, inFeatures, outFeatures)
            : new DenseGpu(device, inFeatures, outFeatures, tile);
        channelSum = new ChannelSum(device);
    }

    /// <summary>The length of an input row.</summary>
    public int InFeatures { get; }

    /// <summary>The length of an output row.</summary>
    public int OutFeatures { get; }

    /// <summary>y from x, w and b, for a batch of any size.</summary>
    /// <exception cref="ArgumentException">A shape does not fit the features.</exception>
    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireForward(input, weight, bias, output);
        schedule.Forward(input, weight, bias, output, rectifies: false);
    }

    /// <summary>max(0, y) from x, w and b: the numbers that <see cref="Relu"/> would make of the output of <see cref="Forward"/>.</summary>
    /// <exception cref="ArgumentException">A shape does not fit the features.</exception>
    public void ForwardRelu(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireForward(input, weight, bias, output);
        schedule.Forward(input, weight, bias, output, rectifies: true);
    }

    /// <summary>dx from dy and w.</summary>
    /// <exception cref="ArgumentException">A shape does not fit the features.</exception>
    public void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        outputGradient.Require(device, [outputGradient.Shape[0], OutFeatures], nameof(outputGradient));
        weight.Require(device, [OutFeatures, InFeatures], nameof(weight));
        inputGradient.Require(device, [outputGradient.Shape[0], InFeatures], nameof(inputGradient));
        schedule.BackwardInput(outputGradient, weight, inputGradient);
    }

    /// <summary>dw and db from x and dy.</summary>
    /// <exception cref="ArgumentException">A shape does not fit the features.</exception>
    public void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        input.Require(device, [input.Shape[0], InFeatures], nameof(input));
        outputGradient.Require(device, [input.Shape[0], OutFeatures], nameof(outputGradient));
        weightGradient.Require(device, [OutFeatures, InFeatures], nameof(weightGradient));
        schedule.BackwardWeight(input, outputGradient, weightGradient);
        channelSum.Sum(outputGradient, biasGradient);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        schedule.Dispose();
        channelSum.Dispose();
    }

    private void RequireForward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        input.Require(device, [input.Shape[0], InFeatures], nameof(input));
        weight.Require(device, [OutFeatures, InFeatures], nameof(weight));
        bias.Require(device, [OutFeatures], nameof(bias));
        output.Require(device, [input.Shape[0], OutFeatures], nameof(output));
    }
}

/// <summary>One way to run the three products of <see cref="Dense"/>; shapes are checked before it is called.</summary>
internal interface IDenseSchedule : IDisposable
{
    /// <summary>y = x w^T + b, or max(0, y).</summary>
    void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool rectifies);

    /// <summary>dx = dy w.</summary>
    void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient);

    /// <summary>dw = dy^T x.</summary>
    void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient);
}
