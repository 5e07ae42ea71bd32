namespace GalaxyNet.Layers;

/// <summary>
/// A stage that ends in maximum pooling. For each output it writes a byte that says which pixel was the maximum: the
/// backward pass reads it.
/// </summary>
internal abstract class PoolingStage : Stage
{
    /// <summary>Memory for these bytes, which the network gives it as it does <see cref="Stage.Outputs"/>.</summary>
    public DeviceBuffer<byte>? Indices { get; set; }
}
