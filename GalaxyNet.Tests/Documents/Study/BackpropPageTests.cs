using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>The table of the page on attempt 4 is what the network and the catalogue say.</summary>
[TestFixture]
internal sealed class BackpropPageTests
{
    private static readonly IReadOnlyList<Row> Rows = ReadTable();

    [Test]
    public void TheLayersShapesAndParametersAreTheNetworks() =>
        Assert.That(
            Rows.SkipLast(2).Select(row => (row.Layer, row.Output, row.Parameters)),
            Is.EqualTo(GalaxyZooNetworks.Attempt(4).Summary.Rows
                .Select(row => (row.Name, row.OutputShape.ToString(), row.ParameterCount))));

    [Test]
    public void TheCostsAreTheCatalogues() =>
        Assert.That(
            Rows.SkipLast(1).Select(row => (row.Layer, row.Operation, (double)row.Forward, (double)row.Backward)),
            Is.EqualTo(NetworkCosts.OfAttempt4
                .Select(cost => (cost.Layer, cost.Operation, cost.Forward, cost.Backward))));

    [Test]
    public void TheTotalsAreTheSums()
    {
        Assert.That(Rows[^1].Layer, Is.EqualTo("total"));
        var rows = Rows.SkipLast(1).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(Rows[^1].Parameters, Is.EqualTo(rows.Sum(row => row.Parameters)));
            Assert.That(Rows[^1].Forward, Is.EqualTo(rows.Sum(row => row.Forward)));
            Assert.That(Rows[^1].Backward, Is.EqualTo(rows.Sum(row => row.Backward)));
        });
    }

    private static List<Row> ReadTable() =>
    [
        .. from cells in StudyPage.All.Single(page => page.Name == "backprop").Rows("layer")
           let link = cells[1].Split('[', ']')
           let operation = link.Length > 1 ? link[1] : ""
           select new Row(cells[0], operation, cells[2], Number(cells[3]), Number(cells[4]), Number(cells[5])),
    ];

    private static long Number(string cell) =>
        long.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private sealed record Row(
        string Layer, string Operation, string Output, long Parameters, long Forward, long Backward);
}
