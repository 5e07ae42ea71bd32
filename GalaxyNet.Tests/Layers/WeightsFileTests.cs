using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>Weights that others wrote: what fits is taken, of any type, and what does not is one clear line.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WeightsFileTests : IDisposable
{
    private const string BatchCount = "conv2_bn.num_batches_tracked";
    private const int Tensors = 13;

    private readonly TemporaryFolder folder = new();
    private readonly List<string> log = [];
    private readonly Device device = Device.OpenCpu(1);
    private readonly Sequential network;
    private readonly StoredTensor[] saved;

    public WeightsFileTests()
    {
        network = SmallNetwork.Create(device, seed: 99);
        using var source = SmallNetwork.Create(device, seed: 7);
        source.Weights.OfType<Counter>().Single().Value = 5;
        source.Save(Path);
        saved = StoredTensor.ReadAll(Path);
    }

    private string Path => folder.Path("weights.safetensors");

    public void Dispose()
    {
        network.Dispose();
        device.Dispose();
        folder.Dispose();
    }

    [Test]
    public void SomeLayersCanBeTakenAlone()
    {
        StoredTensor.WriteAll(Path, [.. saved.Where(tensor => tensor.Name.StartsWith("conv"))]);
        var before = network.Weights.ToDictionary(entry => entry.Name, entry => entry.ToBytes());
        network.LoadLayers(Path, ["conv2_bn", "conv1"]);
        var stored = saved.ToDictionary(tensor => tensor.Name, tensor => tensor.Bytes);
        foreach (var entry in network.Weights)
        {
            bool isTaken = entry.Name.StartsWith("conv2_bn.") || entry.Name.StartsWith("conv1.");
            Assert.That(entry.ToBytes(), Is.EqualTo((isTaken ? stored : before)[entry.Name]), entry.Name);
        }
    }

    [Test]
    public void ALayerThatIsMissingIsNamedAndNothingChanges()
    {
        StoredTensor.WriteAll(Path, [.. saved.Where(tensor => tensor.Name.StartsWith("conv"))]);
        byte[][] before = [.. network.Weights.Select(entry => entry.ToBytes())];
        Assert.That(
            () => network.LoadLayers(Path, ["conv1", "fc1"]),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("it has no fc1.weight, fc1.bias"));
        foreach (string layer in (string[])["conv", "relu1", "conv1.weight"])
            Assert.That(
                () => network.LoadLayers(Path, [layer]),
                Throws.ArgumentException.With.Message.EqualTo($"The network has no layer {layer} with weights."));
        Assert.That(network.Weights.Select(entry => entry.ToBytes()), Is.EqualTo(before));
    }

    [TestCase("BOOL", 1)]
    [TestCase("U8", 1)]
    [TestCase("I8", 1)]
    [TestCase("F8_E4M3", 1)]
    [TestCase("F8_E5M2", 1)]
    [TestCase("I16", 2)]
    [TestCase("U16", 2)]
    [TestCase("F16", 2)]
    [TestCase("BF16", 2)]
    [TestCase("I32", 4)]
    [TestCase("U32", 4)]
    [TestCase("F32", 4)]
    [TestCase("I64", 8)]
    [TestCase("U64", 8)]
    [TestCase("F64", 8)]
    [TestCase("C64", 8)]
    [TestCase("F4", 3)] // whose size is not known here, nor is that of the next
    [TestCase("POSIT24", 3)]
    public void TensorsThatTheNetworkDoesNotHaveAreLeftAlone(string type, int size)
    {
        var other = new StoredTensor("a.rng_state", type, [5], new byte[5 * size]);
        Load([other, .. saved, other with { Name = "z", Extents = [0, 7], Bytes = [] }]);
        AssertIsSaved("F32");
        Assert.That(log, Is.Empty);
    }

    [TestCase("F16")]
    [TestCase("BF16")]
    [TestCase("F64")]
    public void OtherFloatingPointTypesAreConvertedAndThatIsSaid(string type)
    {
        Load(saved.Select(tensor => tensor.As(type)));
        AssertIsSaved(type);
        Assert.That(
            log, Is.EqualTo([$"{Path}: 12 of {Tensors} tensors are {type} and were converted to float32"]));
    }

    [Test]
    public void EachTypeIsSaidOnce()
    {
        Load(saved.Select((tensor, i) => tensor.As(i < 3 ? "F16" : i < 5 ? "BF16" : "F32")));
        Assert.That(log.Single(), Does.Contain($"of {Tensors} tensors are F16 or BF16 and were converted"));
    }

    [Test]
    public void ATensorLongerThanAPieceIsConvertedWhole()
    {
        const int length = 100_003;
        float[] numbers = [.. Enumerable.Range(0, length).Select(i => i % 2048 * 0.5f)];
        using var tensor = device.Allocate([length]);
        foreach (string type in new[] { "F16", "F64" })
        {
            tensor.CopyFrom(new float[length]);
            byte[] bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
            StoredTensor.WriteAll(Path, [new StoredTensor("w", "F32", [length], bytes).As(type)]);
            WeightsFile.Load(Path, [new TensorState("w", tensor)], null);
            Assert.That(tensor.ToArray(), Is.EqualTo(numbers), type);
        }
    }

    /// <summary>The last number of all is too large: what came before it must not have been taken.</summary>
    [TestCase(1e39, "1E+39")]
    [TestCase(-1.7e308, "-1.7E+308")]
    public void ANumberThatFloat32HasNoRoomForIsRefused(double number, string shown)
    {
        var last = saved[^1].Type == "F32" ? saved[^1] : saved[^2];
        var wide = last.As("F64");
        BitConverter.GetBytes(number).CopyTo(wide.Bytes, wide.Bytes.Length - 8);
        AssertRefused(
            saved.Select(tensor => tensor == last ? wide : tensor),
            $"its {last.Name} holds {shown}, which is too large for F32");
    }

    [Test]
    public void InfinityStaysInfinity()
    {
        var wide = saved[1].As("F64");
        BitConverter.GetBytes(double.NegativeInfinity).CopyTo(wide.Bytes, 0);
        Load(saved.Select(tensor => tensor == saved[1] ? wide : tensor));
        Assert.That(network.FindNonFinite(), Is.EqualTo(saved[1].Name));
    }

    [TestCase("I8", 1, 0)]
    [TestCase("U8", 1, 1)]
    [TestCase("I16", 2, 0)]
    [TestCase("U16", 2, 1)]
    [TestCase("I32", 4, 0)]
    [TestCase("U32", 4, 1)]
    [TestCase("I64", 8, 0)]
    [TestCase("U64", 8, 1)]
    public void ACounterMayBeAnyInteger(string type, int size, int rank)
    {
        byte[] count = BitConverter.GetBytes(200L)[..size];
        count[0] = (byte)(type == "I8" ? 100 : 200);
        Load(WithCounter(type, [.. Enumerable.Repeat(1L, rank)], count));
        Assert.That(network.Weights.OfType<Counter>().Single().Value, Is.EqualTo(count[0]));
        Assert.That(log, Is.Empty);
    }

    [TestCase("F32", 4, 0, "is F32 [] instead of I64 []")]
    [TestCase("BOOL", 1, 0, "is BOOL [] instead of I64 []")]
    [TestCase("I64", 8, 2, "is I64 [1, 1] instead of I64 []")]
    [TestCase("U64", 8, 0, "holds 18446744073709551615, which is too large for I64")]
    public void ACounterThatIsNoneIsRefused(string type, int size, int rank, string problem) => AssertRefused(
        WithCounter(type, [.. Enumerable.Repeat(1L, rank)], [.. Enumerable.Repeat((byte)255, size)]),
        $"its {BatchCount} {problem}");

    [Test]
    public void ACountOfBatchesMayBeMissing()
    {
        Load(saved.Where(tensor => tensor.Name != BatchCount));
        AssertIsSaved("F32", count: 0);
        AssertRefused(saved.Where(tensor => tensor.Name != "conv2_bn.running_var"), "has no conv2_bn.running_var.");
    }

    [TestCase("F8_E4M3", 1, "F8_E4M3 [5]")]
    [TestCase("I32", 4, "I32 [5]")]
    [TestCase("POSIT32", 4, "POSIT32 [5]")]
    public void AWeightOfAnotherTypeIsRefused(string type, int size, string found)
    {
        string name = saved.First(tensor => tensor.Extents is [5]).Name;
        AssertRefused(
            [.. saved.Where(tensor => tensor.Name != name), new StoredTensor(name, type, [5], new byte[5 * size])],
            $"its {name} is {found} instead of F32 [5]");
    }

    [Test]
    public void ATransposedWeightIsRefusedWithBothShapes() => AssertRefused(
        saved.Select(tensor => tensor.Name == "fc2.weight" ? tensor with { Extents = [7, 3] } : tensor),
        "its fc2.weight is F32 [7, 3] instead of F32 [3, 7]");

    [TestCase("module.", "save model.module.state_dict(), or take that out of the names")]
    [TestCase("_orig_mod.module.", "save model._orig_mod.module.state_dict(), or take that out of the names")]
    [TestCase("anything.", "save model.anything.state_dict(), or take that out of the names")]
    [TestCase("0.", "(DataParallel, torch.compile): take that out of the names")]
    [TestCase("model/", "(DataParallel, torch.compile): take that out of the names")]
    public void APrefixOfAllNamesIsNamed(string prefix, string advice)
    {
        var other = new StoredTensor("other.conv1.weight", "U8", [1], [0]);
        AssertRefused(
            [other, .. saved.Select(tensor => tensor with { Name = prefix + tensor.Name })],
            $"does not fit this network: its tensors' names begin with '{prefix}'",
            advice);
        Assert.That(Refusal(), Does.Not.Contain("conv1.weight"));
        AssertRefused(
            saved.SkipLast(1).Select(tensor => tensor with { Name = prefix + tensor.Name }),
            "it has no conv1.weight, ",
            $", but {prefix}");
    }

    [Test]
    public void ThePrefixIsNamedWhereCountsOfBatchesAreMissingToo() => AssertRefused(
        saved.Where(tensor => tensor.Name != BatchCount).Select(tensor => tensor with { Name = "net." + tensor.Name }),
        "begin with 'net.'");

    [Test]
    public void OfManyThatAreMissingTheFirstAreNamed()
    {
        AssertRefused(
            saved.Select((_, i) => new StoredTensor($"features.{i}", "U8", [1], [0])),
            "it has no conv1.weight, conv1.bias, conv2.weight, and 9 more, but features.0, features.1, features.2, "
                + "and 10 more.");
        AssertRefused([], "it has no tensors.");
        AssertRefused(
            saved.Select(tensor => tensor with { Extents = [1, .. tensor.Extents] }), "; and 9 more.");
    }

    [Test]
    public void ANameOfAnyLengthOrWithLinesInItIsStillOneLine()
    {
        AssertRefused([new StoredTensor("a\nb\u001b[31m", "U8", [1], [0])], "but a?b?[31m.");
        AssertRefused([new StoredTensor(new string('a', 100_000), "U8", [1], [0])], "aaa...");
        Assert.That(Refusal(), Has.Length.LessThan(2_000));
    }

    /// <summary>What training goes on from is not converted: the bits would not be those that were saved.</summary>
    [Test]
    public void StateIsRestoredFromItsOwnTypesOnly()
    {
        AssertNotRestored(saved.Select(tensor => tensor.As("F64")), "F64 [");
        AssertNotRestored(saved.Where(tensor => tensor.Name != BatchCount), $"it has no {BatchCount}");
        AssertNotRestored(WithCounter("I32", [], [1, 0, 0, 0]), $"its {BatchCount} is I32 []");
        AssertNotRestored(WithCounter("I64", [1], new byte[8]), $"its {BatchCount} is I64 [1]");
        StoredTensor.WriteAll(Path, [.. saved, new StoredTensor("rng_state", "U8", [1], [0])]);
        StateFile.Load(Path, network.Weights);
        AssertIsSaved("F32");
    }

    private IEnumerable<StoredTensor> WithCounter(string type, long[] extents, byte[] bytes) => saved.Select(
        tensor => tensor.Name == BatchCount ? new StoredTensor(BatchCount, type, extents, bytes) : tensor);

    private void Load(IEnumerable<StoredTensor> tensors)
    {
        StoredTensor.WriteAll(Path, tensors);
        network.Load(Path, log.Add);
    }

    /// <summary>The network has what was saved, rounded to a type.</summary>
    private void AssertIsSaved(string type, long count = 5)
    {
        foreach (var entry in network.Weights)
        {
            byte[] expected = entry is Counter
                ? BitConverter.GetBytes(count)
                : InFloat32(saved.Single(tensor => tensor.Name == entry.Name).As(type));
            Assert.That(entry.ToBytes(), Is.EqualTo(expected), entry.Name);
        }
    }

    private static byte[] InFloat32(StoredTensor tensor) => tensor.Type switch
    {
        "F16" => [.. tensor.Bytes.Chunk(2).SelectMany(half => BitConverter.GetBytes((float)BitConverter.ToHalf(half)))],
        "BF16" => [.. tensor.Bytes.Chunk(2).SelectMany(upper => (byte[])[0, 0, .. upper])],
        "F64" => [.. tensor.Bytes.Chunk(8).SelectMany(all => BitConverter.GetBytes((float)BitConverter.ToDouble(all)))],
        _ => tensor.Bytes,
    };

    private void AssertRefused(IEnumerable<StoredTensor> tensors, params string[] parts)
    {
        StoredTensor.WriteAll(Path, tensors);
        byte[][] before = [.. network.Weights.Select(entry => entry.ToBytes())];
        string message = Refusal();
        Assert.That(message, Does.StartWith($"{Path} does not fit").And.Not.Contains("\n"));
        foreach (string part in parts)
            Assert.That(message, Does.Contain(part));
        Assert.That(network.Weights.Select(entry => entry.ToBytes()), Is.EqualTo(before));
        Assert.That(log, Is.Empty);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => network.Load(Path, log.Add))!.Message;

    private void AssertNotRestored(IEnumerable<StoredTensor> tensors, string problem)
    {
        StoredTensor.WriteAll(Path, tensors);
        Assert.That(
            () => StateFile.Load(Path, network.Weights),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(problem));
    }
}
