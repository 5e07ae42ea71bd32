using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Launches the kernels of one product: chooses a tile, and splits the depth where the tiles alone do not fill the device.</summary>
/// <remarks>
/// The parts of a split sum go to a workspace and are added in order by a second kernel: the result does not depend on which
/// group finishes first, as it would with atomic additions.
/// </remarks>
internal sealed class TileLauncher<TLeft, TRight> : IDisposable
    where TLeft : struct, IOperand
    where TRight : struct, IOperand
{
    private const int GroupsPerMultiprocessor = 2;
    private const int FewestSlicesOfPart = 8;

    private readonly Device device;
    private readonly IReadOnlyList<Action<TLeft, TRight, TileOutput, int, int>> kernels;
    private readonly Action<KernelConfig, TLeft, TRight, TileOutput, int, int>?[] loaded;
    private readonly TileChoice? forced;
    private readonly Lazy<Action<KernelConfig, ArrayView<float>, ArrayView<float>, int>> sumParts;
    private readonly Workspace<float> workspace;

    /// <summary>Prepares the launches; a kernel is compiled when it is first needed.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="kernels">The product's kernel for each of <see cref="TileShape.All"/>.</param>
    /// <param name="forced">A choice to make at every shape, for tests; null for the best.</param>
    public TileLauncher(
        Device device, IReadOnlyList<Action<TLeft, TRight, TileOutput, int, int>> kernels, TileChoice? forced)
    {
        this.device = device;
        this.kernels = kernels;
        this.forced = forced;
        loaded = new Action<KernelConfig, TLeft, TRight, TileOutput, int, int>?[kernels.Count];
        workspace = new Workspace<float>(device);
        sumParts = new(() => device.Accelerator
            .LoadStreamKernel<ArrayView<float>, ArrayView<float>, int>(SplitSum.Kernel));
    }

    /// <summary>Computes a product whose sums have <paramref name="depth"/> terms.</summary>
    public void Run(TLeft left, TRight right, TileOutput output, int depth)
    {
        var tile = forced?.Tile
            ?? TileShape.For(output.Rows, output.Columns, device.Accelerator.MaxNumThreadsPerGroup);
        int across = tile.GroupsAcross(output.Columns);
        int down = tile.GroupsDown(output.Rows);
        int slices = (depth + TileProduct.Depth - 1) / TileProduct.Depth;
        int wanted = Math.Clamp(forced?.Parts ?? Parts(across * down, slices, output), 1, slices);
        int slicesOfPart = (slices + wanted - 1) / wanted;
        int parts = (slices + slicesOfPart - 1) / slicesOfPart;
        var config = new KernelConfig(new Index3D(across, down, parts), new Index3D(tile.Threads, 1, 1));
        var target = parts == 1 ? output : output.In(workspace.AtLeast((long)parts * output.Count));
        Kernel(tile)(config, left, right, target, depth, slicesOfPart * TileProduct.Depth);
        if (parts > 1)
            sumParts.Value(device.Loop(output.Count), target.Data, output.Data, parts);
    }

    /// <inheritdoc/>
    public void Dispose() => workspace.Dispose();

    private int Parts(int groups, int slices, TileOutput output)
    {
        int toFill = device.Multiprocessors * GroupsPerMultiprocessor / groups;
        return Math.Min(Math.Min(toFill, slices / FewestSlicesOfPart), int.MaxValue / output.Count);
    }

    private Action<KernelConfig, TLeft, TRight, TileOutput, int, int> Kernel(TileShape tile)
    {
        int index = TileShape.All.ToList().IndexOf(tile);
        return loaded[index] ??= device.Accelerator.LoadStreamKernel(
            kernels[index], new KernelSpecialization(tile.Threads, null));
    }
}

/// <summary>A tile, and into how many parts the depth is split.</summary>
internal sealed record TileChoice(TileShape Tile, int Parts);
