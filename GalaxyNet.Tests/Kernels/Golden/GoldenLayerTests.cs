using System.Text.Json;
using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>Every array of <c>layers.json</c>, which PyTorch computed in float64, on every device.</summary>
[TestFixture]
internal sealed class GoldenLayerTests
{
    private const double Tolerance = 1e-5;

    private static IEnumerable<TestCaseData> CasesOnDevices() =>
        from device in TestDevices.Names
        from golden in Read()
        select new TestCaseData(device, golden.Json).SetArgDisplayNames(device, golden.Name);

    private static IEnumerable<TestCaseData> Cases() =>
        from golden in Read()
        select new TestCaseData(golden.Json).SetArgDisplayNames(golden.Name);

    [TestCaseSource(nameof(CasesOnDevices))]
    public void EveryArrayAgrees(string device, JsonElement json)
    {
        var golden = new GoldenCase(json);
        var actual = GoldenLayers.Compute(TestDevices.Get(device), golden);
        Assert.That(golden.Results, Is.Not.Empty);
        Assert.That(Mismatches(golden, actual), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void AWrongNumberIsFound(JsonElement json)
    {
        var golden = new GoldenCase(json);
        var actual = GoldenLayers.Compute(TestDevices.Get("cpu-512"), golden);
        foreach (string name in golden.Results)
        {
            for (int row = 0; row < actual[name].Length; row++)
            {
                actual[name][row][^1] += 1f;
                Assert.That(Mismatches(golden, actual), Has.Exactly(1).StartsWith($"{name}[{row}]"));
                actual[name][row][^1] -= 1f;
            }
        }
    }

    [Test]
    public void AnUnknownOperationFails() =>
        Assert.That(
            () => GoldenLayers.Compute(TestDevices.Get("cpu-512"), Parse("""{"op": "fft"}""")),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("fft"));

    [Test]
    public void AnUnknownArrayFails() =>
        Assert.That(
            Mismatches(Parse("""{"op": "linear", "seeds": {"mask": 3}, "dq": [1]}"""), []),
            Is.EqualTo(["seeds.mask: no test knows it.", "dq: no test knows it."]));

    [Test]
    public void AnArrayOfAnotherLengthFails() =>
        Assert.That(
            Mismatches(Parse("""{"op": "linear", "y": [1, 2]}"""), new() { ["y"] = [[1f, 2f, 3f]] }),
            Is.EqualTo(["y[0]: 3 numbers, not 2."]));

    private static List<(string Name, JsonElement Json)> Read()
    {
        var cases = GoldenFolder.ReadJson("layers.json").GetProperty("cases").EnumerateArray()
            .Select((json, i) => ($"{i + 1}: {new GoldenCase(json)}", json))
            .ToList();
        return cases.Count > 0 ? cases : throw new InvalidDataException("layers.json has no cases.");
    }

    private static GoldenCase Parse(string json) => new(JsonDocument.Parse(json).RootElement);

    private static List<string> Mismatches(GoldenCase golden, Dictionary<string, float[][]> actual)
    {
        var found = new List<string>();
        foreach (string name in golden.Results)
        {
            if (!actual.TryGetValue(name, out float[][]? rows))
                found.Add($"{name}: no test knows it.");
            else
                found.AddRange(Mismatches(name, rows, golden.Expected(name)));
        }
        return found;
    }

    private static IEnumerable<string> Mismatches(string name, float[][] actual, float[][] expected)
    {
        if (actual.Length != expected.Length)
            yield return $"{name}: {actual.Length} arrays, not {expected.Length}.";
        foreach (var (row, i) in actual.Zip(expected).Select((pair, i) => (pair, i)))
        {
            if (row.First.Length != row.Second.Length)
                yield return $"{name}[{i}]: {row.First.Length} numbers, not {row.Second.Length}.";
            else if (RelativeDifference.Of(row.First, row.Second) is not <= Tolerance and var error)
                yield return $"{name}[{i}]: a relative error of {error:g3}.";
        }
    }
}
