using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>The split against scikit-learn's.</summary>
[TestFixture]
internal sealed class GoldenSplitTests
{
    private const double TestFraction = 0.2;

    private static IEnumerable<TestCaseData> Cases()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(GoldenFolder.Path("split.json")));
        foreach (var element in file.RootElement.EnumerateArray())
        {
            (int n, uint seed) = (element.GetProperty("n").GetInt32(), element.GetProperty("seed").GetUInt32());
            yield return new TestCaseData(element.Clone()).SetArgDisplayNames($"{n} images, seed {seed}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void TheSplitIsScikitLearns(JsonElement golden)
    {
        var split = TrainTestSplit.Create(
            golden.GetProperty("n").GetInt32(), TestFraction, golden.GetProperty("seed").GetUInt32());
        AssertIs(golden, "train", split.Train);
        AssertIs(golden, "test", split.Test);
    }

    [Test]
    public void TheBaselinesTestsAreThoseOfTheNotebook()
    {
        var split = TrainTestSplit.CreateAfterValidation(61_578, 0.2, TestFraction, seed: 42);
        int[] rest = TrainTestSplit.Create(61_578, 0.2, seed: 42).Train;
        var second = Cases().Select(test => (JsonElement)test.Arguments[0]!)
            .Single(golden => golden.GetProperty("n").GetInt32() == rest.Length);
        AssertIs(second, "train", [.. split.Train.Select(galaxy => Array.IndexOf(rest, galaxy))]);
    }

    private static void AssertIs(JsonElement golden, string part, int[] indices)
    {
        int[] head = [.. golden.GetProperty($"{part}_head").EnumerateArray().Select(index => index.GetInt32())];
        Assert.That(indices, Has.Length.EqualTo(golden.GetProperty(part).GetInt32()));
        Assert.That(indices.Take(head.Length), Is.EqualTo(head));
        byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', indices)));
        Assert.That(Convert.ToHexStringLower(hash), Is.EqualTo(golden.GetProperty($"{part}_sha256").GetString()));
    }
}
