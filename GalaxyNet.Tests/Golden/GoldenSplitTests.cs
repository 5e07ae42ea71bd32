using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GalaxyNet.Train;

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
            yield return new TestCaseData(element.Clone()).SetArgDisplayNames($"{n} pictures, seed {seed}");
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

    private static void AssertIs(JsonElement golden, string part, int[] indices)
    {
        int[] head = [.. golden.GetProperty($"{part}_head").EnumerateArray().Select(index => index.GetInt32())];
        Assert.That(indices, Has.Length.EqualTo(golden.GetProperty(part).GetInt32()));
        Assert.That(indices.Take(head.Length), Is.EqualTo(head));
        byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', indices)));
        Assert.That(Convert.ToHexStringLower(hash), Is.EqualTo(golden.GetProperty($"{part}_sha256").GetString()));
    }
}
