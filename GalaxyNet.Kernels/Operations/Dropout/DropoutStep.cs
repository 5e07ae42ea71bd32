using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// The number of the step that <see cref="Dropout"/> draws its masks for, and where in the mini-batch the rows begin
/// that it drops from, in the device's memory.
/// </summary>
/// <remarks>
/// There kernels read them, so that a pass is launched with the same arguments in every step. They are set in the order
/// of launches: those before keep the numbers that they have.
/// </remarks>
public sealed class DropoutStep : IDisposable
{
    private const int Numbers = 2;

    private readonly Device device;
    private readonly DeviceBuffer<ulong> memory;
    private readonly Action<KernelConfig, ArrayView<ulong>, ulong, ulong> set;

    /// <summary>Starts with row 0 of step 0.</summary>
    /// <param name="device">Where the masks are drawn.</param>
    /// <exception cref="ObjectDisposedException">The device has been disposed.</exception>
    public DropoutStep(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        memory = device.AllocateBuffer<ulong>(Numbers);
        set = device.Load<ArrayView<ulong>, ulong, ulong>(SetStepKernel);
    }

    /// <summary>From here on masks are those of another step.</summary>
    /// <param name="step">Its number.</param>
    /// <param name="firstRow">
    /// Where the rows begin that are computed together, if they are a part of a mini-batch: all parts have the masks
    /// that they would have in one pass.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstRow"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">This object or its device has been disposed.</exception>
    public void Set(ulong step, int firstRow = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        if (device.Schedule == Schedule.Cpu)
            memory.CopyFrom([step, (ulong)firstRow]); // there launches do not queue up
        else
            set(device.Loop(1), memory.View, step, (ulong)firstRow);
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    /// <summary>Both numbers, as kernels take them; checked as an argument of an operation.</summary>
    /// <exception cref="ArgumentException">It lives on another device.</exception>
    internal ArrayView<ulong> Require(Device expected, string argument)
    {
        memory.Require(expected, Numbers, argument);
        return memory.View;
    }

    [Kernel("dropout", Schedule.Shared)]
    internal static void SetStepKernel(ArrayView<ulong> memory, ulong step, ulong firstRow)
    {
        var range = LoopRange.Of(1);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            memory[0] = step;
            memory[1] = firstRow;
        }
    }
}
