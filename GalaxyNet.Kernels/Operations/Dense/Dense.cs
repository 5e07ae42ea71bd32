using System.Diagnostics.CodeAnalysis;

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
public sealed class Dense : DisposableOperation
{
    private readonly IDenseSchedule schedule;
    private readonly ReluGradient reluGradient;

    /// <summary>Prepares the kernels of the device's schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of features is under 1.</exception>
    public Dense(Device device, int inFeatures, int outFeatures)
        : this(device, inFeatures, outFeatures, null)
    {
    }

    /// <summary>With a tile for the GPU schedule that is used at every shape, for tests; null for the best.</summary>
    internal Dense(Device device, int inFeatures, int outFeatures, TileChoice? tile)
        : base(device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        reluGradient = new ReluGradient(device);
        InFeatures = inFeatures;
        OutFeatures = outFeatures;
        schedule = Device.Schedule == Schedule.Cpu ? new DenseCpu(device, inFeatures, outFeatures)
            : CudaTileShapes.Serve(device, tile) ? new DenseCuda(device, inFeatures, outFeatures, tile)
            : new DenseGpu(device, inFeatures, outFeatures, tile);
    }

    /// <summary>The length of an input row.</summary>
    public int InFeatures { get; }

    /// <summary>The length of an output row.</summary>
    public int OutFeatures { get; }

    /// <summary>y from x, w and b, for a batch of any size.</summary>
    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireForward(input, weight, bias, output);
        schedule.Forward(input, weight, bias, output, appliesRelu: false);
    }

    /// <summary>max(0, y) from x, w and b, to the bit what <see cref="Relu"/> makes of y.</summary>
    public void ForwardRelu(Tensor input, Tensor weight, Tensor bias, Tensor output)
    {
        RequireForward(input, weight, bias, output);
        schedule.Forward(input, weight, bias, output, appliesRelu: true);
    }

    /// <summary>max(0, y) with dropout, to the bit what <see cref="Dropout"/> makes of that.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b.</param>
    /// <param name="output">The result.</param>
    /// <param name="dropout">What drops.</param>
    /// <param name="seed">As in <see cref="Dropout.Forward"/>.</param>
    /// <param name="step">As there.</param>
    public void ForwardReluDropout(
        Tensor input, Tensor weight, Tensor bias, Tensor output, Dropout dropout, ulong seed, DropoutStep step)
    {
        RequireForward(input, weight, bias, output);
        ArgumentNullException.ThrowIfNull(dropout);
        dropout.Require(Device, nameof(dropout));
        var mask = dropout.MaskOf(seed, step, output.Shape[1]);
        if (schedule is DenseCuda cuda)
        {
            cuda.ForwardReluDropout(input, weight, bias, output, mask);
            return;
        }
        schedule.Forward(input, weight, bias, output, appliesRelu: true);
        dropout.Forward(output, output, seed, step);
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

    /// <summary>
    /// dx, dw and db together, which takes fewer launches on a GPU, and where asked, back through a ReLU.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">dy.</param>
    /// <param name="weight">w.</param>
    /// <param name="inputGradient">dx.</param>
    /// <param name="weightGradient">dw.</param>
    /// <param name="biasGradient">db.</param>
    /// <param name="reluScale">
    /// Where a ReLU has made x, with dropout in whichever order: <see cref="Dropout.Scale"/>, or 1 without dropout. The
    /// gradient goes back through them, to the bit as by <see cref="Dropout.BackwardRelu"/>. Null where x is any input.
    /// </param>
    public void Backward(
        Tensor input,
        Tensor outputGradient,
        Tensor weight,
        Tensor inputGradient,
        Tensor weightGradient,
        Tensor biasGradient,
        float? reluScale = null)
    {
        RequireBackwardInput(outputGradient, weight, inputGradient);
        RequireBackwardWeight(input, outputGradient, weightGradient, biasGradient);
        if (schedule is DenseCuda cuda)
        {
            cuda.Backward(input, outputGradient, weight, inputGradient, weightGradient, biasGradient, reluScale);
            return;
        }
        schedule.BackwardWeight(input, outputGradient, weightGradient, biasGradient);
        schedule.BackwardInput(outputGradient, weight, inputGradient);
        if (reluScale is { } scale)
            reluGradient.Find(input, inputGradient, inputGradient, scale);
    }

    private protected override void Free() => schedule.Dispose();

    private void RequireForward([NotNull] Tensor? input, Tensor weight, Tensor bias, Tensor output)
    {
        int batch = RequireRows(input, InFeatures, nameof(input));
        weight.Require(Device, [OutFeatures, InFeatures], nameof(weight));
        bias.Require(Device, [OutFeatures], nameof(bias));
        output.Require(Device, [batch, OutFeatures], nameof(output));
    }

    private void RequireBackwardInput(
        [NotNull] Tensor? outputGradient, Tensor weight, [NotNull] Tensor? inputGradient)
    {
        int batch = RequireRows(outputGradient, OutFeatures, nameof(outputGradient));
        weight.Require(Device, [OutFeatures, InFeatures], nameof(weight));
        inputGradient.Require(Device, [batch, InFeatures], nameof(inputGradient));
    }

    private void RequireBackwardWeight(
        [NotNull] Tensor? input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int batch = RequireRows(input, InFeatures, nameof(input));
        outputGradient.Require(Device, [batch, OutFeatures], nameof(outputGradient));
        weightGradient.Require(Device, [OutFeatures, InFeatures], nameof(weightGradient));
        biasGradient.Require(Device, [OutFeatures], nameof(biasGradient));
    }

    /// <summary>Checks a batch of rows, and gives its size.</summary>
    private int RequireRows([NotNull] Tensor? rows, int features, string argument)
    {
        rows.Require(Device, argument);
        rows.Require(Device, [rows.Shape[0], features], argument);
        return rows.Shape[0];
    }
}

/// <summary>One way to run the three products of <see cref="Dense"/>; shapes are checked before it is called.</summary>
internal interface IDenseSchedule : IDisposable
{
    /// <summary>y = x w^T + b, or max(0, y).</summary>
    void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, bool appliesRelu);

    /// <summary>dx = dy w.</summary>
    void BackwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient);

    /// <summary>dw = dy^T x, and db, the sums of dy.</summary>
    void BackwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient);
}
