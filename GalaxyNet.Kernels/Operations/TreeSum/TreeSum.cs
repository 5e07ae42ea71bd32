using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A sum in an order that does not depend on who adds: parts 0 and 1, parts 2 and 3, then these two sums, and so on.
/// </summary>
/// <remarks>
/// With parts x [parts, n], where parts is a power of two, for s = 1, 2, 4, ... while s is less than parts:
///
/// x[i] = x[i] + x[i + s], for i = 0, 2 s, 4 s, ...
///
/// In the end x[0] is the sum. In floating point (a + b) + c is not a + (b + c), so the order is part of the result. A
/// tree can be begun anywhere: whoever has parts 2 and 3 adds them, and whoever gets that sum goes on.
/// </remarks>
public sealed class TreeSum : Operation
{
    private readonly Action<KernelConfig, Floats, Floats, Floats> add;
    private readonly SimdKernel<AddWork> addOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    public TreeSum(Device device)
        : base(device)
    {
        add = device.Load<Floats, Floats, Floats>(AddKernel);
        addOnCpu = new SimdKernel<AddWork>(device);
    }

    /// <summary>Adds parts in the tree's order: x[0] becomes the sum, and others become sums of fewer parts.</summary>
    /// <param name="parts">x: [parts, n].</param>
    /// <exception cref="ArgumentException">
    /// It has not two axes, or the number of parts is no power of two.
    /// </exception>
    public void Sum(Tensor parts)
    {
        parts.Require(Device, nameof(parts));
        if (parts.Shape is not { Rank: 2 } || !int.IsPow2(parts.Shape[0]))
            throw new ArgumentException(
                $"A tree adds [parts, n], where parts is 1, 2, 4, 8, ..., not {parts.Shape}.", nameof(parts));
        Sum([.. Enumerable.Range(0, parts.Shape[0]).Select(parts.Row)]);
    }

    /// <summary>Adds two nodes of the tree, all three tensors of one shape.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <param name="sum">Receives left + right; it may be one of them.</param>
    public void Add(Tensor left, Tensor right, Tensor sum)
    {
        left.Require(Device, nameof(left));
        right.Require(Device, left.Shape, nameof(right));
        sum.Require(Device, left.Shape, nameof(sum));
        if (Device.Schedule == Schedule.Cpu)
            addOnCpu.Launch(new AddWork { Left = left.ToRead(), Right = right.ToRead(), Sum = sum.ToWrite() });
        else
            add(Device.Loop(sum.Count), left.ToRead(), right.ToRead(), sum.ToWrite());
    }

    /// <summary>The same for parts that lie anywhere: the first becomes the sum.</summary>
    internal void Sum(IReadOnlyList<Tensor> parts)
    {
        foreach (var (sum, added) in Additions(parts.Count))
            Add(parts[sum], parts[added], parts[sum]);
    }

    /// <summary>The tree's additions, in order: to which of so many parts which other one is added.</summary>
    internal static IEnumerable<(int Sum, int Added)> Additions(int parts)
    {
        for (int step = 1; step < parts; step *= 2)
        {
            for (int i = 0; i < parts; i += 2 * step)
                yield return (i, i + step);
        }
    }

    [Kernel("tree_sum", Schedule.Shared)]
    internal static void AddKernel(Floats left, Floats right, Floats sum)
    {
        var range = LoopRange.Of((int)sum.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            sum[i] = left[i] + right[i];
    }
}
