using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// Every array of <c>layers.json</c>, which PyTorch computed in float64, on every device and by the references.
/// </summary>
[TestFixture]
internal sealed class GoldenLayerTests
{
    private const double Tf32Tolerance = 1e-3;
    private const double LastDigit = 1e-10; // of the file's numbers

    private static IEnumerable<TestCaseData> CasesOnDevices() =>
        from device in TestDevices.NamesAtEveryPrecision
        from golden in Read()
        select new TestCaseData(device, golden.Json).SetArgDisplayNames(device, golden.Name)
            .InDefaultTier(device != "simulator"); // which AgreementTests holds to the reference

    private static IEnumerable<TestCaseData> Cases() =>
        from golden in Read()
        select new TestCaseData(golden.Json).SetArgDisplayNames(golden.Name);

    [TestCaseSource(nameof(CasesOnDevices))]
    public void EveryArrayAgrees(string device, JsonElement json)
    {
        var golden = new GoldenCase(json);
        double tolerance = TestDevices.Get(device).Precision == Precision.TensorFloat32
            ? Tf32Tolerance
            : AgreementTests.Tolerance;
        var actual = GoldenLayers.Compute(OperationRunners.On(TestDevices.Get(device)), golden);
        Assert.That(golden.Results, Is.Not.Empty);
        Assert.That(
            Mismatches(golden, actual, (numbers, expected) => RelativeDifference.Of(numbers, expected) <= tolerance),
            Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void TheReferenceAgreesToTheLastDigit(JsonElement json)
    {
        var golden = new GoldenCase(json);
        var actual = GoldenLayers.Compute(OperationRunners.Reference, golden);
        Assert.That(Mismatches(golden, actual, IsTheSame), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void AWrongNumberIsFound(JsonElement json)
    {
        var golden = new GoldenCase(json);
        var actual = GoldenLayers.Compute(OperationRunners.Reference, golden);
        foreach (string name in golden.Results)
        {
            for (int row = 0; row < actual[name].Length; row++)
            {
                actual[name][row][^1] += 1;
                Assert.That(Mismatches(golden, actual, IsCloseInFloat32), Has.Exactly(1).StartsWith($"{name}[{row}]"));
                actual[name][row][^1] -= 1;
            }
        }
    }

    [Test]
    public void AnUnknownOperationFails() =>
        Assert.That(
            () => GoldenLayers.Compute(OperationRunners.Reference, Parse("""{"op": "fft"}""")),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("fft"));

    [Test]
    public void AnUnknownArrayFails() =>
        Assert.That(
            Mismatches(Parse("""{"op": "linear", "seeds": {"mask": 3}, "dq": [1]}"""), [], IsTheSame),
            Is.EqualTo(["seeds.mask: no test knows it.", "dq: no test knows it."]));

    [Test]
    public void AnArrayOfAnotherLengthFails() =>
        Assert.That(
            Mismatches(Parse("""{"op": "linear", "y": [1, 2]}"""), new() { ["y"] = [[1, 2, 3]] }, IsTheSame),
            Is.EqualTo(["y[0]: 3 numbers, not 2."]));

    private static List<(string Name, JsonElement Json)> Read()
    {
        var cases = GoldenFolder.ReadJson("layers.json").GetProperty("cases").EnumerateArray()
            .Select((json, i) => ($"{i + 1}: {new GoldenCase(json)}", json))
            .ToList();
        return cases.Count > 0 ? cases : throw new InvalidDataException("layers.json has no cases.");
    }

    private static GoldenCase Parse(string json) => new(JsonDocument.Parse(json).RootElement);

    private static bool IsCloseInFloat32(double[] actual, double[] expected) =>
        RelativeDifference.Of(actual, expected) <= AgreementTests.Tolerance;

    private static bool IsTheSame(double[] actual, double[] expected) =>
        actual.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) <= LastDigit);

    private static List<string> Mismatches(
        GoldenCase golden, Dictionary<string, double[][]> actual, Func<double[], double[], bool> agree)
    {
        var found = new List<string>();
        foreach (string name in golden.Results)
        {
            if (!actual.TryGetValue(name, out double[][]? rows))
                found.Add($"{name}: no test knows it.");
            else
                found.AddRange(Mismatches(name, rows, golden.Expected(name), agree));
        }
        return found;
    }

    private static IEnumerable<string> Mismatches(
        string name, double[][] actual, double[][] expected, Func<double[], double[], bool> agree)
    {
        if (actual.Length != expected.Length)
            yield return $"{name}: {actual.Length} arrays, not {expected.Length}.";
        foreach (var (i, (row, other)) in actual.Zip(expected).Index())
        {
            if (row.Length != other.Length)
                yield return $"{name}[{i}]: {row.Length} numbers, not {other.Length}.";
            else if (!agree(row, other))
                yield return $"{name}[{i}]: a relative error of {RelativeDifference.Of(row, other):g3}.";
        }
    }
}
