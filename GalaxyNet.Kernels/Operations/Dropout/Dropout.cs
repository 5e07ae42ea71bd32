using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Dropout: switches off a random part of the activations during training.</summary>
/// <remarks>
/// With the probability p and a mask m that is 0 with probability p, else 1:
///
/// Forward:  y = m x / (1 - p)
/// Backward: dx = m dy / (1 - p)
///
/// The division keeps the expected value ("inverted" dropout), so that evaluation needs no dropout at all. Element i is
/// dropped if word i % 4 of the <see cref="Philox"/> numbers of counter (i / 4, step) under the key seed is below p
/// 2^32: the mask is a function of seed, step and i alone, and nothing has to keep it for the backward pass. Of a part
/// of a mini-batch, i counts from the first row of the whole: see <see cref="DropoutStep.Set"/>.
/// </remarks>
public sealed class Dropout : Operation
{
    private readonly uint threshold;
    private readonly float scale;
    private readonly Action<KernelConfig, Floats, Floats, DropoutMask> mask;
    private readonly SimdKernel<DropoutWork> maskOnCpu;
    private readonly ReluGradient reluGradient;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="probability">The probability with which an element becomes zero: at least 0 and under 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public Dropout(Device device, float probability)
        : base(device)
    {
        if (probability is not (>= 0f and < 1f))
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "Dropout needs a probability of at least 0 and under 1.");
        threshold = (uint)(probability * 4294967296.0);
        scale = (float)(1.0 / (1.0 - probability));
        mask = device.Load<Floats, Floats, DropoutMask>(MaskKernel);
        maskOnCpu = new SimdKernel<DropoutWork>(device);
        reluGradient = new ReluGradient(device);
    }

    /// <summary>What an element that is not dropped is multiplied by: 1 / (1 - p).</summary>
    public float Scale => scale;

    /// <summary>y from x; <paramref name="output"/> may be <paramref name="input"/>.</summary>
    public void Forward(Tensor input, Tensor output, ulong seed, DropoutStep step)
    {
        input.Require(Device, nameof(input));
        output.Require(Device, input.Shape, nameof(output));
        Mask(input, output, MaskOf(seed, step, input.Count / input.Shape[0]));
    }

    /// <summary>
    /// dx from dy, by the mask of <see cref="Forward"/> with the same <paramref name="seed"/> and
    /// <paramref name="step"/>;
    /// <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.
    /// </summary>
    public void Backward(Tensor outputGradient, Tensor inputGradient, ulong seed, DropoutStep step)
    {
        outputGradient.Require(Device, nameof(outputGradient));
        inputGradient.Require(Device, outputGradient.Shape, nameof(inputGradient));
        Mask(outputGradient, inputGradient, MaskOf(seed, step, outputGradient.Count / outputGradient.Shape[0]));
    }

    /// <summary>
    /// dx of dropout and a ReLU, in whichever order, from what both together have made of x, and from dy. What was
    /// dropped or cut off is zero there, so the mask is not drawn again.
    /// </summary>
    /// <param name="output">What <see cref="Forward"/> and the ReLU have made of x.</param>
    /// <param name="outputGradient">dy.</param>
    /// <param name="inputGradient">dx; may be <paramref name="outputGradient"/>.</param>
    public void BackwardRelu(Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        output.Require(Device, nameof(output));
        outputGradient.Require(Device, output.Shape, nameof(outputGradient));
        inputGradient.Require(Device, output.Shape, nameof(inputGradient));
        reluGradient.Find(output, outputGradient, inputGradient, scale);
    }

    /// <summary>Checks an argument of another operation.</summary>
    internal void Require(Device expected, string argument)
    {
        ObjectDisposedException.ThrowIf(Device.IsDisposed, Device);
        ArgumentChecks.RequireDevice(Device, expected, argument);
    }

    /// <summary>The mask of a step, which is checked, for kernels that apply it.</summary>
    internal DropoutMask MaskOf(ulong seed, DropoutStep step, int rowLength)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(seed, step.Require(Device, nameof(step)), rowLength, threshold, scale);
    }

    private void Mask(Tensor input, Tensor output, DropoutMask drawn)
    {
        if (Device.Schedule == Schedule.Cpu)
            maskOnCpu.Launch(new DropoutWork { Input = input.Data, Output = output.Data, Mask = drawn });
        else
            mask(Device.Loop(Blocks(input.Count)), input.Data, output.Data, drawn);
    }

    [Kernel("dropout", Schedule.Shared)]
    internal static void MaskKernel(Floats input, Floats output, DropoutMask mask)
    {
        var range = LoopRange.Of(Blocks((int)input.Length));
        for (int block = range.Start; block < range.End; block += range.Step)
            MaskBlock(block, input, output, mask);
    }

    /// <summary>Drops and scales four neighbors, or what there is of them.</summary>
    internal static void MaskBlock(int block, Floats input, Floats output, DropoutMask mask)
    {
        int start = block * DropoutMask.WordsOfBlock;
        if (start + DropoutMask.WordsOfBlock > (int)input.Length)
        {
            for (int i = start; i < (int)input.Length; i++)
                output[i] = mask.Of(i, input[i]);
            return;
        }
        var masked = mask.OfFour(
            start, new Float4(input[start], input[start + 1], input[start + 2], input[start + 3]));
        output[start] = masked.X;
        output[start + 1] = masked.Y;
        output[start + 2] = masked.Z;
        output[start + 3] = masked.W;
    }

    /// <summary>Blocks of random numbers for so many elements.</summary>
    internal static int Blocks(int length) => Rounding.CeilingDivide(length, DropoutMask.WordsOfBlock);
}
