using Onnx;

namespace GalaxyNet.Tests;

/// <summary>What is in a network's ONNX file besides its arithmetic.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Sequential network = SmallNetwork.Create(TestDevices.Get("cpu-256"));

    private string Model => folder.Path("network.onnx");

    public void Dispose()
    {
        network.Dispose();
        folder.Dispose();
    }

    [Test]
    public void ItSaysWhatItIs()
    {
        var metadata = new Dictionary<string, string> { ["size"] = "8", ["classes"] = "a,b" };
        network.ExportOnnx(Model, "tells circles", metadata);
        var model = Read();
        Assert.Multiple(() =>
        {
            Assert.That(model.IrVersion, Is.EqualTo(8));
            Assert.That(model.OpsetImport.Single().ToString(), Is.EqualTo("""{ "domain": "", "version": "17" }"""));
            Assert.That(model.ProducerName, Is.EqualTo("GalaxyNet"));
            Assert.That(model.ProducerVersion, Does.Match(@"^\d+\.\d+\.\d+$"));
            Assert.That(model.DocString, Is.EqualTo("tells circles"));
            Assert.That(
                model.MetadataProps.Select(entry => (entry.Key, entry.Value)),
                Is.EqualTo([("classes", "a,b"), ("size", "8")]));
        });
    }

    [Test]
    public void NodesAreCalledAfterLayersAndTensorsAsInPyTorch()
    {
        network.ExportOnnx(Model);
        var graph = Read().Graph;
        Assert.Multiple(() =>
        {
            Assert.That(
                graph.Node.Select(node => node.Name),
                Is.EqualTo(network.Layers.Where(layer => layer is not DropoutLayer).Select(layer => layer.Name)));
            Assert.That(
                graph.Initializer.Select(tensor => tensor.Name),
                Is.EqualTo(network.Weights.Where(entry => entry is not Counter).Select(entry => entry.Name)));
            Assert.That(DimensionsOf(graph.Input.Single()), Is.EqualTo("input: batch 2 8 8"));
            Assert.That(DimensionsOf(graph.Output.Single()), Is.EqualTo("output: batch 3"));
        });
    }

    [Test]
    public void TheSameNetworkMakesTheSameBytes()
    {
        network.ExportOnnx(Model, metadata: new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        byte[] first = File.ReadAllBytes(Model);
        using var same = SmallNetwork.Create(TestDevices.Get("cpu-128"));
        same.ExportOnnx(Model, metadata: new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });
        Assert.That(File.ReadAllBytes(Model), Is.EqualTo(first));
    }

    /// <summary>On a device that only counts, where 2.4 GB are no matter.</summary>
    [Test]
    public void ANetworkOfOverTwoGigabytesIsRefusedAndTheOldFileStays()
    {
        File.WriteAllText(Model, "old");
        network.Device.BytesHeldBy(counting =>
        {
            using var large = new Sequential(
                counting, [30_000], maxBatch: 1, seed: 1, [new DenseLayer("fc", 20_000)], trainable: false);
            Assert.That(
                () => large.ExportOnnx(Model),
                Throws.TypeOf<InvalidDataException>().With.Message
                    .EqualTo("The network needs 2.4 GB, and a file in the format ONNX has 2 GB at most."));
        });
        Assert.That(File.ReadAllText(Model), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder.Root), Is.EqualTo([Model]));
    }

    [Test]
    public void AFolderThatIsNotThereIsNotWrittenInto() => Assert.That(
        () => network.ExportOnnx(folder.Path("none", "network.onnx")), Throws.InstanceOf<IOException>());

    private static string DimensionsOf(ValueInfoProto value)
    {
        var axes = value.Type.TensorType.Shape.Dim
            .Select(axis => axis.HasDimParam ? axis.DimParam : $"{axis.DimValue}");
        return $"{value.Name}: {string.Join(' ', axes)}";
    }

    private ModelProto Read() => ModelProto.Parser.ParseFrom(File.ReadAllBytes(Model));
}
