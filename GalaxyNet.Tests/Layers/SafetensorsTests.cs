using System.Buffers.Binary;
using System.Text;

namespace GalaxyNet.Tests;

/// <summary>The weights' file format: what is written can be read, and what is broken is one clear error.</summary>
[TestFixture]
internal sealed class SafetensorsTests
{
    private const string Valid = """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}
        """;

    private static string Folder => TestContext.CurrentContext.WorkDirectory;

    [Test]
    public void WhatIsWrittenCanBeRead()
    {
        string path = Path.Combine(Folder, "round-trip.safetensors");
        var device = TestDevices.Get("cpu-512");
        using var tensor = device.Allocate([2, 3], [1f, -2f, float.Epsilon, float.NaN, float.MaxValue, -0f]);
        var counter = new Counter("bn.num_batches_tracked") { Value = long.MaxValue };
        Safetensors.Write(
            path,
            [new TensorState("é \"w\"", tensor), counter],
            new Dictionary<string, string> { ["made by"] = "a test" });

        using var read = device.Allocate([2, 3]);
        var readCounter = new Counter("bn.num_batches_tracked");
        var metadata = StateFile.Load(path, [new TensorState("é \"w\"", read), readCounter]);
        Assert.Multiple(() =>
        {
            Assert.That(read.ToArray(), Is.EqualTo(tensor.ToArray()));
            Assert.That(readCounter.Value, Is.EqualTo(long.MaxValue));
            Assert.That(metadata["made by"], Is.EqualTo("a test"));
            Assert.That(Directory.GetFiles(Folder, AtomicFile.TemporaryPattern), Is.Empty);
        });
    }

    [Test]
    public void TheBytesAreThoseOfTheFormat()
    {
        string path = Path.Combine(Folder, "bytes.safetensors");
        using var tensor = TestDevices.Get("cpu-512").Allocate([1], [1f]);
        Safetensors.Write(path, [new TensorState("w", tensor)]);
        byte[] bytes = File.ReadAllBytes(path);
        string header = Encoding.UTF8.GetString(bytes, 8, bytes[0]);
        Assert.Multiple(() =>
        {
            Assert.That(bytes[..8], Is.EqualTo(new byte[] { 152, 0, 0, 0, 0, 0, 0, 0 }));
            Assert.That(header, Does.Match("""
                ^{"__metadata__":{"sha256":"[0-9a-f]{64}"},"w":{"dtype":"F32","shape":\[1\],"data_offsets":\[0,4\]}} *$
                """));
            Assert.That(bytes[^4..], Is.EqualTo(new byte[] { 0, 0, 0x80, 0x3f }));
        });
    }

    /// <summary>The checksum covers the whole file, itself included; only its own key can become another key.</summary>
    [Test]
    public void AnyChangedByteIsSeen()
    {
        string path = Path.Combine(Folder, "changed.safetensors");
        using var tensor = TestDevices.Get("cpu-512").Allocate([5], [1f, 2f, 3f, 4f, 5f]);
        Safetensors.Write(
            path, [new TensorState("w", tensor)], new Dictionary<string, string> { ["made by"] = "a test" });
        byte[] whole = File.ReadAllBytes(path);
        int key = Encoding.UTF8.GetString(whole).IndexOf("sha256", StringComparison.Ordinal);
        foreach (int i in Enumerable.Range(0, whole.Length).Where(i => i < key || i >= key + 6))
        {
            byte[] changed = [.. whole];
            changed[i] ^= 1;
            File.WriteAllBytes(path, changed);
            AssertRefused(path, "");
        }
    }

    [Test]
    public void AValidFileIsRead()
    {
        using var file = Safetensors.Open(WriteFile(Valid, 16));
        Assert.Multiple(() =>
        {
            Assert.That(file.Entries["a"].Extents, Is.EqualTo((long[])[2]));
            Assert.That(file.Entries["b"].Type, Is.EqualTo(SafetensorsType.I64));
            Assert.That(file.BytesOf("b"), Has.Length.EqualTo(8));
        });
    }

    // Each header stands for what is wrong with it; the data has 16 bytes.
    [TestCase("", "not valid JSON")]
    [TestCase("{", "not valid JSON")]
    [TestCase("[]", "not a JSON object")]
    [TestCase("{}", "16 bytes after the last tensor")]
    [TestCase("""{"a":1}""", "a is not a JSON object")]
    [TestCase("""{"a":{"shape":[4],"data_offsets":[0,16]}}""", "a has no dtype")]
    [TestCase("""{"a":{"dtype":"F32","data_offsets":[0,16]}}""", "a has no shape")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4]}}""", "a has no data_offsets")]
    [TestCase("""{"a":{"dtype":3,"shape":[4],"data_offsets":[0,16]}}""", "a's dtype is not a JSON string")]
    [TestCase("""{"a":{"dtype":"U8","shape":[15],"data_offsets":[0,16]}}""", "not what its bytes")]
    [TestCase("""{"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,16]}}""", "not what its bytes")]
    [TestCase("""{"a":{"dtype":"new","shape":[4],"data_offsets":[16,0]}}""", "ends at byte 0, before it begins at 16")]
    [TestCase("""{"a":{"dtype":"new","shape":[4],"data_offsets":[0,17]}}""", "cut off")]
    [TestCase("""{"a":{"dtype":"new","shape":[4],"data_offsets":[1,16]}}""", "overlap or leave a gap")]
    [TestCase("""{"a":{"dtype":"new","shape":[4],"data_offsets":[0,15]}}""", "1 bytes after the last tensor")]
    [TestCase("""{"a":{"dtype":"F32","shape":4,"data_offsets":[0,16]}}""", "a's shape is not a JSON array")]
    [TestCase("""{"a":{"dtype":"F32","shape":["4"],"data_offsets":[0,16]}}""", "no size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}""", "no size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4.5],"data_offsets":[0,16]}}""", "no size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1e99],"data_offsets":[0,16]}}""", "no size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}""", "not what its bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,16]}}""", "not what its bytes")]
    [TestCase(
        """{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,16]}}""", "not what its")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""", "not what its bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}""", "not what its bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16,16]}}""", "3 data offsets")]
    [TestCase("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}}""", "cut off")]
    [TestCase(
        """{"a":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,4611686018427387904]}}""", "cut off")]
    [TestCase("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""", "overlap or leave a gap")]
    [TestCase("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "4 bytes after the last tensor")]
    [TestCase(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":""" +
        """{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""",
        "overlap or leave a gap")]
    [TestCase(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":""" +
        """{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""",
        "not valid JSON")]
    [TestCase("""{"\ud800":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "not valid JSON")]
    [TestCase(
        """{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "k is not a JSON string")]
    [TestCase("""{"__metadata__":[],"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "not a JSON object")]
    [TestCase(
        """{"__metadata__":{"k":null},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "not a JSON string")]
    public void ABrokenHeaderIsOneClearError(string header, string message) =>
        AssertRefused(WriteFile(header, 16), message);

    [TestCase(long.MaxValue)]
    [TestCase(-1)]
    [TestCase(1_000_000)]
    public void AHeaderLongerThanTheFileIsRefused(long length) =>
        AssertRefused(WriteFile(Valid, 16, length), "does not fit into the file");

    /// <summary>What the reference implementation reads too.</summary>
    [TestCase("""{"__metadata__":null,"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "a")]
    [TestCase("""{"a":{"shape":[4],"more":{},"data_offsets":[0,16],"dtype":"F32"}}   """, "a")]
    [TestCase("""{"":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "")]
    [TestCase(
        """{"b":{"dtype":"U8","shape":[3],"data_offsets":[13,16]},"e":{"dtype":"F64","shape":[0],""" +
        """ "data_offsets":[13,13]},"a":{"dtype":"U8","shape":[13],"data_offsets":[0,13]}}""",
        "a", "e", "b")]
    [TestCase(
        """{"a":{"dtype":"F32","shape":[0,9223372036854775807,4],"data_offsets":[0,0]},"b":""" +
        """{"dtype":"C64","shape":[1,2],"data_offsets":[0,16]}}""",
        "a", "b")]
    public void WhatTheFormatAllowsIsRead(string header, params string[] names)
    {
        using var file = Safetensors.Open(WriteFile(header, 16));
        Assert.That(file.Entries.Keys, Is.EqualTo(names));
    }

    [TestCase(1)]
    [TestCase(7)]
    public void AFileWithoutRoomForALengthIsRefused(int length)
    {
        string path = Path.Combine(Folder, "broken.safetensors");
        File.WriteAllBytes(path, new byte[length]);
        AssertRefused(path, "too few");
    }

    [Test]
    public void AFileCutOffAnywhereIsRefused()
    {
        string path = WriteFile(Valid, 16);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            AssertRefused(path, "");
        }
    }

    [Test]
    public void AFailedWriteLeavesTheOldFile()
    {
        string path = Path.Combine(Folder, "kept.safetensors");
        File.WriteAllText(path, "old");
        Assert.That(
            () => AtomicFile.Write(path, _ => throw new IOException("the disk is full")),
            Throws.InstanceOf<IOException>());
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
            Assert.That(Directory.GetFiles(Folder, AtomicFile.TemporaryPattern), Is.Empty);
        });
    }

    [Test]
    public void AnotherNetworksWeightsAreRefusedWithTheDifferencesAndChangeNothing()
    {
        string path = Path.Combine(Folder, "small.safetensors");
        var device = TestDevices.Get("cpu-512");
        using var network = SmallNetwork.Create(device);
        network.Save(path);
        using var other = new Sequential(device, [2, 8, 8], 1, 5,
        [
            new Conv2dLayer("conv1", 4, Kernel: 5, Padding: 2),
            new FlattenLayer("flatten"),
            new DenseLayer("fc9", 2),
        ]);
        float[] before = other.Values.Flat.ToArray();
        Assert.That(
            () => other.Load(path),
            Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith(path)
                .And.Message.Contain("its conv1.weight is F32 [4, 2, 3, 3] instead of F32 [4, 2, 5, 5]")
                .And.Message.Contain("it has no fc9.weight"));
        Assert.That(other.Values.Flat.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void SavedWeightsHavePyTorchsNames()
    {
        string path = Path.Combine(Folder, "names.safetensors");
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        network.Save(path);
        using var file = Safetensors.Open(path);
        Assert.That(file.Entries.Keys, Is.EquivalentTo((string[])
        [
            "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
            "conv2_bn.weight", "conv2_bn.bias",
            "conv2_bn.running_mean", "conv2_bn.running_var", "conv2_bn.num_batches_tracked",
            "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias",
        ]));
    }

    private static void AssertRefused(string path, string message) =>
        Assert.That(
            () => Safetensors.Open(path),
            Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith(path).And.Message.Contain(message));

    private static string WriteFile(string header, int dataLength, long? claimedHeaderLength = null)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] bytes = [.. new byte[8], .. json, .. new byte[dataLength]];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, claimedHeaderLength ?? json.Length);
        string path = Path.Combine(Folder, "broken.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
