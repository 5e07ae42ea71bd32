namespace GalaxyNet.Tests;

/// <summary>
/// The cases whose results are checked reach every algorithm of a convolution and every tile, in one part and in
/// several.
/// </summary>
[TestFixture]
internal sealed class Conv2dAlgorithmsTests
{
    private static IEnumerable<OperationCase> Cases =>
        OperationCatalogue.All.Where(each => each is { IsBenchmark: false, PlanOn: not null });

    [Test]
    public void EveryAlgorithmOfACpuIsReached()
    {
        string[] fast = ["F(4x4, 3x3)", "F(4x4, 5x5)"];
        string[] split = ["F(4x4, 5x5), split filters", "F(4x4, 5x5), split filters, pooled"];
        string[] orders = [.. from tile in fast from order in (string[])["dy^T x", "x^T dy"] select $"{tile}, {order}"];
        string[] splitOrders = ["F(4x4, 5x5), split filters, x^T dy", "F(4x4, 5x5), split filters, x^T dy, pooled"];
        string[] expected =
        [
            .. Ways("forward", ["direct", .. fast, .. split], ["one part", "several parts", "whole images"]),
            .. Ways("forward", [.. fast, .. split], ["several bands"]),
            .. Ways("input gradient", ["direct", .. fast], ["one part", "several parts", "whole images"]),
            .. Ways("input gradient", fast, ["several bands"]),
            .. Ways("weight gradient", ["direct", .. orders, .. splitOrders], ["one part", "whole images"]),
            .. Ways("weight gradient", ["direct"], ["several bands"]),
            .. Ways("weight gradient", [orders[0], orders[2], .. splitOrders], ["several parts", "several bands"]),
        ];
        string[] devices = ["cpu-512", "cpu-256", "cpu-128"];
        var reached =
            from device in devices
            from each in Cases
            where TestDevices.Runs(device, each)
            from way in Ways(each.PlanOn!(TestDevices.Get(device)))
            select way;
        Assert.That(reached.Distinct(), Is.EquivalentTo(expected));
    }

    [Test]
    public void EveryTileIsReached()
    {
        string[] tiles = [.. TileShape.All.Select(tile => $"{tile.Rows}x{tile.Columns}")];
        string[] products = [.. tiles.Select(tile => $"product {tile}")];
        string[] expected =
        [
            .. Ways("forward", products, ["one part", "several parts"]),
            .. Ways("input gradient", products, ["one part", "several parts"]),
            .. Ways("weight gradient", products, ["one part", "several parts"]),
            .. Ways("input gradient", [.. tiles.Select(tile => $"strided {tile}")], ["one part"]),
        ];
        var simulator = TestDevices.Get("simulator");
        var reached = TileTests.Convolutions.SelectMany(each => Ways(each.PlanOn!(simulator)));
        Assert.That(reached, Is.SupersetOf(expected));
    }

    private static IEnumerable<string> Ways(string pass, string[] algorithms, string[] hows) =>
        from algorithm in algorithms from how in hows select $"{pass}, {algorithm}, {how}";

    private static IEnumerable<string> Ways(Conv2dPlan plan) =>
    [
        .. Ways("forward", plan.Forward),
        .. Ways("input gradient", plan.BackwardInput!),
        .. Ways("weight gradient", plan.BackwardWeight),
    ];

    private static IEnumerable<string> Ways(string pass, PassPlan plan) => Ways(
        pass,
        [plan.Algorithm],
        [plan.Parts > 1 ? "several parts" : "one part", plan.Bands > 1 ? "several bands" : "whole images"]);
}
