namespace GalaxyNet.Kernels;

/// <summary>An <see cref="OperationCase"/> on a device: its tensors by their names, and its passes.</summary>
internal sealed class CaseRun : IDisposable
{
    private readonly OperationCase operationCase;
    private readonly Dictionary<string, Tensor> tensors = [];
    private readonly Passes passes;

    /// <summary>Allocates the tensors, fills the inputs from a seed, and makes the operation.</summary>
    public CaseRun(Device device, OperationCase operationCase, int seed)
    {
        this.operationCase = operationCase;
        foreach (var (name, shape, values) in operationCase.Inputs(seed))
            tensors.Add(name, device.Allocate(shape, values));
        foreach (var argument in operationCase.Differentiable)
            tensors.Add($"d{argument.Name}", device.Allocate(argument.Shape));
        if (operationCase.OutputShape is { } outputShape)
            tensors.Add(operationCase.OutputName, device.Allocate(outputShape));
        passes = operationCase.Create(device, this);
    }

    /// <summary>An argument, the output, or a gradient: <c>x</c>, <c>y</c>, <c>dx</c>, <c>dy</c>.</summary>
    public Tensor this[string name] => tensors[name];

    /// <summary>The same; nothing if the case has no such tensor.</summary>
    public Tensor? Find(string name) => tensors.GetValueOrDefault(name);

    /// <summary>Computes the output, and updates the arguments that the operation updates.</summary>
    public void Forward() => passes.Forward();

    /// <summary>Computes the gradients after <see cref="Forward"/>, where the operation has any.</summary>
    public void Backward() => passes.Backward?.Invoke();

    /// <summary>
    /// What has been computed, by the names of <see cref="OperationCase.ResultNames"/>, in row-major order.
    /// </summary>
    public Dictionary<string, float[]> Results() => operationCase.ResultNames.ToDictionary(
        name => name, name => this[name.Replace("_after", "", StringComparison.Ordinal)].ToArray());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in passes.Owned.Concat(tensors.Values))
            owned.Dispose();
    }
}
