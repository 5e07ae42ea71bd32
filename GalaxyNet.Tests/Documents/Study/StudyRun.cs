using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>A worked example on a device: its inputs in memory, and the results that the operation made of them.</summary>
internal sealed class StudyRun(Device device, StudyExample example) : IDisposable
{
    private readonly Dictionary<string, Tensor> results = [];
    private readonly List<Tensor> tensors = [];

    public Device Device { get; } = device;

    /// <summary>The results, by the names that the page gives them.</summary>
    public Dictionary<string, float[]> Results => results.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    public float Setting(string name) => example.Setting(name);

    public int Integer(string name) => (int)example.Setting(name);

    public float[] Numbers(string name) => example.Input(name).Values;

    public Tensor Input(string name)
    {
        var (shape, values) = example.Input(name);
        return Keep(Device.Allocate(shape, values));
    }

    public Tensor Result(string name, Shape shape) => results[name] = Keep(Device.Allocate(shape));

    /// <summary>A tensor that the operation changes is a result, too.</summary>
    public void Updates(string result, Tensor tensor) => results.Add(result, tensor);

    public void Dispose() => tensors.ForEach(tensor => tensor.Dispose());

    private Tensor Keep(Tensor tensor)
    {
        tensors.Add(tensor);
        return tensor;
    }
}
