namespace GalaxyNet.Tests;

/// <summary>The order of <see cref="TreeSum"/>, of which the reference, in float64, shows nothing.</summary>
[TestFixture]
internal sealed class TreeSumTests
{
    private const int Length = 1037;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheOrderIsTheTrees(string device)
    {
        float[][] parts = [.. Enumerable.Range(0, 8).Select(Part)];
        var expected = new float[Length];
        for (int i = 0; i < Length; i++)
            expected[i] = ((parts[0][i] + parts[1][i]) + (parts[2][i] + parts[3][i]))
                + ((parts[4][i] + parts[5][i]) + (parts[6][i] + parts[7][i]));
        Assert.That(Sum(device, parts), Is.EqualTo(expected));
        float[] inTurn =
            [.. Enumerable.Range(0, Length).Select(i => parts.Aggregate(0f, (sum, part) => sum + part[i]))];
        Assert.That(inTurn, Is.Not.EqualTo(expected), "or the test could not tell");
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void WhoeverBeginsTheTreeGetsTheSameBits(string device)
    {
        float[][] parts = [.. Enumerable.Range(0, 8).Select(Part)];
        float[][] halves = [Sum(device, parts[..4]), Sum(device, parts[4..])];
        float[][] pairs = [.. parts.Chunk(2).Select(pair => AddTwo(device, pair[0], pair[1]))];
        float[] sum = Sum(device, parts);
        Assert.That(Sum(device, halves), Is.EqualTo(sum));
        Assert.That(Sum(device, pairs), Is.EqualTo(sum));
    }

    [TestCase(3, 2)]
    [TestCase(6, 5)]
    public void OtherNumbersOfPartsAreRefused(int parts, int length)
    {
        var device = TestDevices.Get("cpu-512");
        using var x = device.Allocate([parts, length]);
        Assert.That(() => new TreeSum(device).Sum(x), Throws.ArgumentException.With.Message.Contains("1, 2, 4, 8"));
    }

    private static float[] Part(int part) => Values.Uniform([Length], seed: 100 + part);

    private static float[] Sum(string name, float[][] parts)
    {
        var device = TestDevices.Get(name);
        using var x = device.Allocate([parts.Length, Length], [.. parts.SelectMany(part => part)]);
        new TreeSum(device).Sum(x);
        return x.ToArray()[..Length];
    }

    private static float[] AddTwo(string name, float[] left, float[] right)
    {
        var device = TestDevices.Get(name);
        using var first = device.Allocate([Length], left);
        using var second = device.Allocate([Length], right);
        new TreeSum(device).Add(first, second, second);
        return second.ToArray();
    }
}
