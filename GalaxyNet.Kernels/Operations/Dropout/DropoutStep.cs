using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The number of the step that <see cref="Dropout"/> draws its masks for, in the device's memory.</summary>
/// <remarks>
/// There kernels read it, so that a pass is launched with the same arguments in every step. It is set in the order of
/// launches: those before keep the number that they have.
/// </remarks>
public sealed class DropoutStep : IDisposable
{
    private readonly Device device;
    private readonly DeviceBuffer<ulong> memory;
    private readonly Action<KernelConfig, ArrayView<ulong>, ulong> set;

    /// <summary>Starts with step 0.</summary>
    /// <param name="device">Where the masks are drawn.</param>
    /// <exception cref="ObjectDisposedException">The device has been disposed.</exception>
    public DropoutStep(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        memory = device.AllocateBuffer<ulong>(1);
        set = device.Load<ArrayView<ulong>, ulong>(SetStepKernel);
    }

    /// <summary>From here on masks are those of another step.</summary>
    /// <exception cref="ObjectDisposedException">This object or its device has been disposed.</exception>
    public void Set(ulong step)
    {
        if (device.Schedule == Schedule.Cpu)
            memory.CopyFrom([step]); // there launches do not queue up
        else
            set(device.Loop(1), memory.View, step);
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    /// <summary>The number, as kernels take it; checked as an argument of an operation.</summary>
    /// <exception cref="ArgumentException">It lives on another device.</exception>
    internal ArrayView<ulong> Require(Device expected, string argument)
    {
        memory.Require(expected, 1, argument);
        return memory.View;
    }

    [Kernel("dropout", Schedule.Shared)]
    internal static void SetStepKernel(ArrayView<ulong> memory, ulong step)
    {
        var range = LoopRange.Of(1);
        for (int i = range.Start; i < range.End; i += range.Step)
            memory[i] = step;
    }
}
