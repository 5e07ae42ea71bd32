namespace GalaxyNet.Tests;

/// <summary>Histograms of weights and gradients.</summary>
[TestFixture]
internal sealed class FloatHistogramTests
{
    private static readonly float[] Several = [-2f, -1f, -0.5f, 0f, 0.25f, 1f, 1.05f, 1.125f, 3f];

    [Test]
    public void APowerOfTwoHasEightBuckets()
    {
        var buckets = Of(Several).Buckets;
        Assert.Multiple(() =>
        {
            Assert.That(buckets, Does.Contain(new HistogramBucket(1, 1.125, 2)));
            Assert.That(buckets, Does.Contain(new HistogramBucket(1.125, 1.25, 1)));
            Assert.That(buckets, Does.Contain(new HistogramBucket(0.25, 0.28125, 1)));
            Assert.That(buckets, Does.Contain(new HistogramBucket(-0.5625, -0.5, 1)));
            Assert.That(buckets[0], Is.EqualTo(new HistogramBucket(-2, -2, 1)));
            Assert.That(buckets[^1], Is.EqualTo(new HistogramBucket(3, 3, 1)));
        });
    }

    [TestCase(1f)]
    [TestCase(1e-30f)]
    [TestCase(1e30f)]
    public void EveryNumberLiesInItsBucket(float scale)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 3001).Select(_ => scale * MathF.Pow(random.NextSingle() - 0.4f, 3))];
        var buckets = Of(values).Buckets;
        AssertFit(buckets, values);
        foreach (var bucket in buckets)
            Assert.That(bucket.Count, Is.EqualTo(values.Count(value => Holds(bucket, value))), $"{bucket}");

        // A number on an edge lies in the bucket that is further from zero, if there is one.
        bool Holds(HistogramBucket bucket, float value) => value >= 0
            ? bucket.Left <= value && (value < bucket.Right || bucket == buckets[^1])
            : value <= bucket.Right && (value > bucket.Left || bucket == buckets[0]);
    }

    [Test]
    public void TheSmallestOnesAreOneBucketAroundZero()
    {
        var bucket = Of([1f, 0f, -0f, 1e-4f, -1e-4f, float.Epsilon]).Buckets[0];
        Assert.That(bucket.Left, Is.EqualTo((double)-1e-4f));
        Assert.That(bucket.Right, Is.EqualTo(9 / 8192.0)); // ten powers of two below 9/8
        Assert.That(bucket.Count, Is.EqualTo(5));
    }

    [TestCase(0f)]
    [TestCase(1f)]
    [TestCase(-0.3f)]
    [TestCase(float.MaxValue)]
    [TestCase(float.Epsilon)]
    public void EqualNumbersAreOneBucketOfNoWidth(float value) =>
        Assert.That(Of([value, value, value]).Buckets, Is.EqualTo([new HistogramBucket(value, value, 3)]));

    [Test]
    public void WhatIsNotFiniteIsLeftOut()
    {
        float[] bad = [float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        Assert.That(Of(bad).Buckets, Is.Empty);
        for (int length = 1; length < 40; length++)
        {
            float[] good = [.. Enumerable.Range(0, length).Select(i => i - 9.5f)];
            Assert.That(Of([.. bad, .. good]).Buckets, Is.EqualTo(Of(good).Buckets));
            Assert.That(Of([.. good, .. bad]).Buckets, Is.EqualTo(Of(good).Buckets));
        }
        AssertFit(Of([float.MaxValue, .. bad, float.MinValue]).Buckets, [float.MaxValue, float.MinValue]);
    }

    [Test]
    public void NothingHasNoBuckets() => Assert.That(Of([]).Buckets, Is.Empty);

    /// <summary>More than are copied from the device at once.</summary>
    [Test]
    public void ATensorIsCountedPieceByPiece()
    {
        using var device = Device.OpenCpu(2);
        float[] values = Values.Uniform([1 << 21, 1], seed: 3)[..((1 << 21) - 5)];
        using var tensor = device.Allocate([values.Length], values);
        using var small = device.Allocate([Several.Length], Several);
        var counts = new TensorCounts();
        Assert.That(counts.Of(tensor).Buckets, Is.EqualTo(Of(values).Buckets));
        Assert.That(counts.Of(small).Buckets, Is.EqualTo(Of(Several).Buckets));
        AssertFit(Of(values).Buckets, values);
    }

    private static FloatHistogram Of(float[] values)
    {
        var histogram = new FloatHistogram();
        histogram.Add(values);
        return histogram;
    }

    private static void AssertFit(IReadOnlyList<HistogramBucket> buckets, float[] values)
    {
        Assert.That(buckets.Sum(bucket => bucket.Count), Is.EqualTo(values.Length));
        Assert.That(buckets[0].Left, Is.EqualTo(values.Min()));
        Assert.That(buckets[^1].Right, Is.EqualTo(values.Max()));
        Assert.That(buckets.Zip(buckets.Skip(1)), Is.All.Matches<(HistogramBucket First, HistogramBucket Second)>(
            pair => pair.First.Right == pair.Second.Left && pair.First.Left <= pair.First.Right));
    }
}
