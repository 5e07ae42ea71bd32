namespace GalaxyNet.Layers;

/// <summary>
/// What the stages of a network write in a forward pass. A network that trains keeps all of it for the backward pass;
/// one that only predicts keeps an output until the next stage has read it.
/// </summary>
internal sealed class Activations : IDisposable
{
    private readonly StageMemory memory;
    private readonly List<IDisposable> resources = [];

    /// <summary>Allocates memory and gives it to the stages.</summary>
    public Activations(StageMemory memory, IReadOnlyList<Stage> stages)
    {
        this.memory = memory;
        List<Stage> writing = [.. stages.Where(stage => !stage.SharesInput)];
        List<PoolingStage> pooling = [.. stages.OfType<PoolingStage>()];
        if (memory.IsTrainable)
            Separate(writing, pooling);
        else
            Share(writing, pooling);
    }

    /// <inheritdoc/>
    public void Dispose() => resources.ForEach(resource => resource.Dispose());

    private void Separate(List<Stage> writing, List<PoolingStage> pooling)
    {
        foreach (var stage in writing)
            stage.Outputs = Own(memory.Allocate(stage.OutputShape!));
        foreach (var stage in pooling)
            stage.Indices = Own(memory.Device.AllocateBuffer<byte>(stage.Outputs!.Count));
    }

    private void Share(List<Stage> writing, List<PoolingStage> pooling)
    {
        var buffers = Own(new AlternatingBuffers(memory.Device));
        foreach (var stage in writing)
            buffers.Add(stage.OutputShape!.Batch(memory.MaxBatch));
        foreach (var (stage, outputs) in writing.Zip(buffers.Allocate()))
            stage.Outputs = outputs;
        if (pooling.Count == 0)
            return;
        // Pooling writes indices where nobody reads them, too.
        var unread = Own(memory.Device.AllocateBuffer<byte>(pooling.Max(stage => stage.Outputs!.Count)));
        pooling.ForEach(stage => stage.Indices = unread);
    }

    private T Own<T>(T resource)
        where T : IDisposable
    {
        resources.Add(resource);
        return resource;
    }
}
