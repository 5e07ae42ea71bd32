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
    public void TheCostsAreTheCatalogues()
    {
        var inputs = new List<Shape> { GalaxyZooNetworks.Attempt(4).InputShape };
        inputs.AddRange(GalaxyZooNetworks.Attempt(4).Summary.Rows.Select(row => row.OutputShape));
        foreach (var (row, input) in Rows.SkipLast(1).Zip(inputs))
            Assert.That((row.Forward, row.Backward), Is.EqualTo(CostOf(row, input)), row.Layer);
    }

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

    /// <summary>What the catalogue says of a layer with one image.</summary>
    private static (double Forward, double Backward) CostOf(Row row, Shape input)
    {
        if (row.Operation.Length == 0)
            return (0, 0);
        var cases = OperationCatalogue.All.Where(each => each.Operation == row.Operation);
        var example = cases.FirstOrDefault(each => each.Description == $"attempt 4, {row.Layer}")
            ?? cases.MaxBy(each => each.Arguments[0].Shape.Count)!;
        // The operations without a case of this layer cost so much for each element of the input.
        double share = (double)input.Count / example.Arguments[0].Shape.Count;
        double backward = example.BackwardCost!.Value.Flops * share;
        // Of the two gradients of the same cost that the catalogue takes, nobody wants that of the image.
        return (example.ForwardCost.Flops * share, row.Layer == "conv1" ? backward / 2 : backward);
    }

    private static List<Row> ReadTable()
    {
        var page = StudyPage.All.Single(page => page.Name == "backprop");
        return
        [
            .. from line in File.ReadAllLines(page.Path)
                .SkipWhile(line => !line.StartsWith("| layer |", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
               let cells = line.Split('|', StringSplitOptions.TrimEntries)
               let link = cells[2].Split('[', ']')
               let operation = link.Length > 1 ? link[1] : ""
               select new Row(cells[1], operation, cells[3], Number(cells[4]), Number(cells[5]), Number(cells[6])),
        ];
    }

    private static long Number(string cell) =>
        long.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private sealed record Row(
        string Layer, string Operation, string Output, long Parameters, long Forward, long Backward);
}
