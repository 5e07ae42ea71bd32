using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>The tables of <c>ptx</c> say what their columns are, and have a line for each kernel.</summary>
[TestFixture]
internal sealed class PtxTablesTests
{
    [Test]
    public void TheLongestNameAndTheLargestCountsFitOnALine()
    {
        var kernel = MarkedKernel.OfGpus.Where(kernel => !kernel.IsBulk).MaxBy(kernel => kernel.Name.Length)!;
        var registers = new Dictionary<string, int>
        {
            ["pred"] = 963,
            ["b16"] = 217,
            ["b32"] = 3259,
            ["b64"] = 1431,
            ["f32"] = 1312,
        };
        string line = Show(new PtxEntry(kernel, 80, new PtxReport("sm_80", registers, 44560, 1024, 54, [])))
            .Split('\n').Single(line => line.Contains(kernel.Name, StringComparison.Ordinal));
        Assert.That(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Is.EqualTo([kernel.Name, "shared", "44560", "1024", "54", "217", "3259", "1431", "1312", "963"]));
    }

    [Test]
    public void ATypeThatAKernelLacksIsZero()
    {
        var kernels = MarkedKernel.OfGpus.Where(kernel => !kernel.IsBulk).Take(2).ToList();
        string text = Show(
            new PtxEntry(kernels[0], 80, Report("b64", 7)), new PtxEntry(kernels[1], 80, Report("f32", 9)));
        Assert.That(RowOf(kernels[0]), Does.EndWith("7 0"));
        Assert.That(RowOf(kernels[1]), Does.EndWith("0 9"));

        string RowOf(MarkedKernel kernel) => string.Join(
            ' ',
            text.Split('\n').Single(line => line.Contains(kernel.Name, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static PtxReport Report(string type, int count) =>
        new("sm_80", new Dictionary<string, int> { [type] = count }, 0, 0, 0, []);

    private static string Show(params PtxEntry[] entries)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        PtxTables.Show(new Terminal(output, TextWriter.Null, CancellationToken.None), entries);
        return output.ToString();
    }
}
