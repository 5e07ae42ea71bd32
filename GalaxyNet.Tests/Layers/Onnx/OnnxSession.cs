using Microsoft.ML.OnnxRuntime;

namespace GalaxyNet.Tests;

/// <summary>A network in ONNX Runtime, on the thread of the test.</summary>
internal sealed class OnnxSession : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly InferenceSession session;

    public OnnxSession(string path) => session = new InferenceSession(path, options);

    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    /// <summary>Exports a network, and makes sure that it computes the same in ONNX Runtime.</summary>
    public static void AssertComputesTheSame(Sequential network, IEnumerable<float[]> inputs)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Path("network.onnx");
        network.ExportOnnx(path);
        using var session = new OnnxSession(path);
        foreach (float[] input in inputs)
        {
            var shape = network.InputShape.Batch(input.Length / network.InputShape.Count);
            using var images = network.Device.Allocate(shape, input);
            float[] expected = network.Forward(images, Mode.Evaluation).ToArray();
            double scale = Math.Max(1, expected.Max(Math.Abs));
            string layers = string.Join(", ", network.Layers);
            Assert.That(session.Run(shape, input), Is.EqualTo(expected).Within(Tolerance * scale), layers);
        }
    }

    /// <summary>The same with drawn batches of two sizes, and statistics that are no longer the first.</summary>
    public static void AssertComputesTheSame(Sequential network, float low = -2f, float high = 2f)
    {
        foreach (var norm in network.Layers.OfType<BatchNorm2dLayer>())
        {
            Draw(network.Values[$"{norm.Name}.weight"], seed: 11);
            Draw(network.Values[$"{norm.Name}.bias"], seed: 12);
            Draw(network.Statistics[$"{norm.Name}.running_mean"], seed: 13);
            Draw(network.Statistics[$"{norm.Name}.running_var"], seed: 14);
        }
        AssertComputesTheSame(
            network,
            from batch in (int[])[1, network.MaxBatch]
            select Values.Between(low, high)(network.InputShape.Batch(batch), batch));

        static void Draw(Tensor tensor, int seed) => tensor.CopyFrom(Values.Between(0.3f, 1.7f)(tensor.Shape, seed));
    }

    public float[] Run(Shape shape, float[] input)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [.. shape.Select(extent => (long)extent)]);
        using var run = new Microsoft.ML.OnnxRuntime.RunOptions();
        using var outputs = session.Run(run, [OnnxGraph.Input], [value], [OnnxGraph.Output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }
}
