using System.Numerics;

namespace GalaxyNet.Layers;

/// <summary>
/// Adds the gradients of a process's own shards, which are computed one after the other, in the order of
/// <see cref="TreeSum"/>: what it can add is added at once, so that few have to be kept.
/// </summary>
internal sealed class ShardTree : IDisposable
{
    private readonly ParameterBlock gradients;
    private readonly TreeSum tree;
    private readonly int shards;
    private readonly ParameterBlock[] kept; // of the tree's levels: sums of 1, 2, 4, ... shards that wait for the next

    /// <summary>Allocates memory for the sums that have to wait.</summary>
    /// <param name="network">The network whose backward passes write the gradients.</param>
    /// <param name="shards">How many shards: 1, 2, 4, ...</param>
    public ShardTree(Sequential network, int shards)
    {
        this.shards = shards;
        gradients = network.Gradients;
        tree = new TreeSum(network.Device);
        using var construction = Construction.Begin();
        kept =
        [
            .. Enumerable.Range(0, BitOperations.Log2((uint)shards))
                .Select(_ => new ParameterBlock(network.Device, gradients.Layout)),
        ];
        construction.Complete();
    }

    /// <summary>
    /// Takes in the gradients of a part of the network, from the block that the backward pass writes. After the last
    /// shard that block has their sum.
    /// </summary>
    /// <param name="shard">Which of the process's own shards, in order.</param>
    /// <param name="part">The part of the network.</param>
    public void Add(int shard, NetworkPart part)
    {
        var node = Of(gradients);
        int level = 0;
        for (; (shard >> level) % 2 == 1; level++)
        {
            bool waits = shard < shards - 1 && (shard >> (level + 1)) % 2 == 0;
            var sum = waits ? Of(kept[level + 1]) : node;
            tree.Add(Of(kept[level]), node, sum);
            node = sum;
        }
        if (level == 0 && shard < shards - 1)
            node.CopyTo(Of(kept[0]));

        Tensor Of(ParameterBlock block) => block.Part(part.Start, part.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var block in kept)
            block.Dispose();
    }
}
