namespace GalaxyNet.Tests;

/// <summary>The plans of attempt 4's products, held against every tile and split that an H200 was timed with.</summary>
[TestFixture]
internal sealed class TilePlanTests
{
    private const double MostExcess = 0.05;

    private static readonly GpuSize H200 = GpuDataSheet.H200.Size;
    private static readonly IReadOnlyList<TimedPlan> All = TimedPlan.Read();

    private static IEnumerable<TestCaseData> Products() =>
        from product in All.Select(timed => (timed.Operation, timed.Batch)).Distinct()
        select new TestCaseData(product.Operation, product.Batch)
            .SetArgDisplayNames(product.Operation, $"batch {product.Batch}");

    [TestCaseSource(nameof(Products))]
    public void ThePlanIsNearTheBestThatWasTimed(string operation, int batch)
    {
        var plan = LayerProduct.OfAttemptFour(batch, TileEngine.CSharp)
            .Single(product => TimedPlan.OperationOf(product) == operation).PlanFor(H200);
        var timed = All.Where(each => each.Operation == operation && each.Batch == batch).ToList();
        var chosen = timed.Where(each => each.Tile == plan.Tile.Name && each.Parts == plan.Parts).ToList();
        Assert.That(chosen, Has.Count.EqualTo(1), $"{plan.Name} was not timed");
        Assert.That(chosen[0].Groups, Is.EqualTo(plan.Groups));
        var best = timed.MinBy(each => each.Microseconds)!;
        Assert.That(
            chosen[0].Microseconds,
            Is.AtMost((1 + MostExcess) * best.Microseconds),
            $"{plan.Name} is chosen, {best.Tile} in {best.Parts} parts was faster");
    }

    [Test]
    public void EveryProductOfAttemptFourWasTimed() => Assert.That(
        All.Where(timed => timed.Batch == 64).Select(timed => timed.Operation).Distinct(),
        Is.SupersetOf(LayerProduct.OfAttemptFour(64, TileEngine.CSharp).Select(TimedPlan.OperationOf)));

    [Test]
    public void WhatCanBeSplitFillsEveryMultiprocessorTwice()
    {
        var products = LayerProduct.OfAttemptFour(64, TileEngine.CSharp);
        foreach (var product in products.Where(each => each.Layer.StartsWith("conv")))
        {
            var plan = product.PlanFor(H200);
            double groups = (double)plan.Groups / H200.Multiprocessors;
            Assert.That(groups, Is.AtLeast(1.6), $"{product.Name}: {plan.Name}");
            Assert.That(groups * plan.Tile.Threads, Is.AtLeast(256), $"{product.Name}: {plan.Name}");
        }
    }

    /// <summary>Eight warps, two for each scheduler, on an A100, an RTX 4090 and an H200.</summary>
    [Test]
    public void TilesInAssemblyKeepEverySchedulerBusy([Values(64, 256)] int batch, [Values(108, 128, 132)] int gpu)
    {
        var size = new GpuSize(gpu, MaxThreads: 1024);
        var products = LayerProduct.OfAttemptFour(batch, TileEngine.Cuda)
            .Where(each => each.Layer is "conv1" or "conv2" or "conv3" or "fc1")
            .SelectMany(each => each.Fast is { } fast ? (LayerProduct[])[each, fast] : [each]);
        foreach (var product in products)
        {
            var plan = product.PlanFor(size);
            int groups = Math.Min(Rounding.CeilingDivide(plan.Groups, gpu), plan.Tile.GroupsAtOnce);
            Assert.That(groups * plan.Tile.Threads / 32, Is.AtLeast(8), $"{product.Name}: {product.NameOf(plan)}");
        }
    }

    /// <summary>On every GPU that an estimate is for.</summary>
    [Test]
    public void AttemptFourTakesFastConvolutionsWhereThereAreSome(
        [ValueSource(typeof(GpuDataSheet), nameof(GpuDataSheet.All))] GpuDataSheet gpu)
    {
        Assert.That(
            Fast(TileEngine.Cuda).Select(each => each.Layer).Distinct(), Is.EqualTo(["conv2", "conv3"]));
        Assert.That(Fast(TileEngine.CSharp), Is.Empty);

        IEnumerable<LayerProduct> Fast(TileEngine engine) =>
            LayerProduct.OfAttemptFour(64, engine).Where(each => each.On(gpu.Size).IsFast);
    }

    [Test]
    public void SmallConvolutionsAndThoseWithAStrideAreDirect()
    {
        Assert.That(Conv2dCudaChoice.IsFast(new(96, 16, 16, 128, 3, 3, 2, 1), 64, H200), Is.False, "a stride");
        Assert.That(Conv2dCudaChoice.IsFast(new(1, 4, 4, 1, 3, 3, 1, 1), 1, H200), Is.False, "launches cost more");
    }
}
