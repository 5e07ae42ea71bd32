namespace GalaxyNet.Benchmarks;

/// <summary>
/// Times every tile and split of attempt 4's products on a GPU, beside what the plan chooses. Where a convolution can
/// be fast, that is timed too: the whole pass, with every tile and split of its products.
/// </summary>
/// <param name="device">The GPU.</param>
/// <param name="batch">Images.</param>
/// <param name="isShort">To run each once, on a device that is not warm.</param>
/// <param name="terminal">Where to say which product is being timed.</param>
internal sealed class PlanSweep(Device device, int batch, bool isShort, Terminal terminal)
{
    private const int Runs = 5;

    private readonly GpuSize gpu = GpuSize.Of(device);

    /// <summary>
    /// Times products, the first of them again at the end: a card that was cold makes its times wrong.
    /// </summary>
    public IReadOnlyList<PlanTiming> Time(IReadOnlyList<LayerProduct> products)
    {
        if (isShort)
            return [.. products.SelectMany(Of)];
        using (var first = new TimedProduct(device, products[0]))
            first.WarmUp(ChoiceOf(products[0], products[0].PlanFor(gpu)), terminal.Cancellation);
        var timings = products.SelectMany(Of).ToList();
        var again = Of(products[0]);
        return [.. again, .. timings.Skip(again.Count)];
    }

    private List<PlanTiming> Of(LayerProduct product)
    {
        terminal.Log($"  {product.Name}");
        using var timed = new TimedProduct(device, product);
        string chosen = product.NameOn(gpu);
        LayerProduct[] ways = product.Fast is { } fast ? [product, fast] : [product];
        return
        [
            .. from way in ways
               from plan in way.PlansFor(gpu).Concat(way.WholeRounds(gpu)).DistinctBy(plan => plan.Name)
               select TimingOf(way, plan, timed, isChosen: way.NameOf(plan) == chosen),
        ];
    }

    private PlanTiming TimingOf(LayerProduct way, TilePlan plan, TimedProduct timed, bool isChosen)
    {
        double seconds = timed.Seconds(ChoiceOf(way, plan), isShort ? 1 : Runs, terminal.Cancellation);
        return new PlanTiming(
            TileEngine.Of(device).Name,
            way.Name,
            batch,
            $"{way.Way}{plan.Tile.Name}",
            plan.Parts,
            plan.Groups,
            1e6 * seconds,
            1e-12 * way.Flops / seconds,
            isChosen);
    }

    private static TileChoice ChoiceOf(LayerProduct way, TilePlan plan) => new(plan.Tile, plan.Parts, way.FastImages);
}
