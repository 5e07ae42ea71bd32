using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The model of a cluster: its numbers, and the tables of the page that has them.</summary>
[TestFixture]
internal sealed partial class ClusterModelTests
{
    private const string Page = "docs/distributed.md";

    private static readonly int[] Machines = [2, 4, 8, 16, 32, 64];
    private static readonly double[] Links = [1, 10, 25, 100];

    private static readonly string[] Dense = ["fc1", "fc2, fc3, sigmoid"];

    [Test]
    public void ThePartsAreThoseOfAttemptFour()
    {
        using var device = Device.OpenCpu(threads: 1);
        using var network = GalaxyZooNetworks.Attempt(4).Create(device, maxBatch: 1, seed: 1);
        using var optimizer = new AdamOptimizer(network, 0.01f);
        using var step = new ShardedStep(
            network, optimizer, average: null, new float[network.OutputShape.Count], shards: 1, new OneProcess());
        Assert.That(
            network.Parts.Select(part => part.Length),
            Is.EqualTo([StepTraffic.Convolutions, StepTraffic.Dense]));
        Assert.That(network.Statistics.Flat.Count, Is.EqualTo(StepTraffic.Statistics));
    }

    /// <summary>Blocks of 4 processes: 70,128 and 2,165,392 numbers; of any number 464 for what all are told.</summary>
    [TestCase(1, 0)]
    [TestCase(2, 4 * (280_480 + 8_661_552 + 464))]
    [TestCase(4, 4 * (280_480 + (2 * 70_128) + 8_661_552 + (2 * 2_165_392) + (3 * 464)))]
    public void AProcessSendsTwoBlocksOfEachOther(int processes, long bytes) =>
        Assert.That(new StepTraffic(processes).Bytes, Is.EqualTo(bytes));

    [Test]
    public void TheStagesAreThoseOfThePageOnSpeed()
    {
        var stages = Stage().Matches(MarkdownPage.Text("docs/speed.md"))
            .Select(row => (
                IsDense: Dense.Contains(row.Groups["name"].Value),
                Forward: Milliseconds(row.Groups["forward"].Value),
                Backward: Milliseconds(row.Groups["backward"].Value)))
            .ToList();
        var convolutions = stages.Where(stage => !stage.IsDense).ToList();
        var step = StepCompute.OnTwoCores;
        Assert.That(convolutions, Has.Count.EqualTo(5));
        Assert.That(1e3 * step.ConvolutionsForward, Is.EqualTo(convolutions.Sum(stage => stage.Forward)).Within(1e-9));
        Assert.That(
            1e3 * step.ConvolutionsBackward, Is.EqualTo(convolutions.Sum(stage => stage.Backward)).Within(1e-9));
        Assert.That(
            1e3 * step.Dense,
            Is.EqualTo(stages.Where(stage => stage.IsDense).Sum(stage => stage.Forward + stage.Backward)).Within(1e-9));
        Assert.That(
            MarkdownPage.Text("docs/speed.md"),
            Does.Contain($"| Adam | | | | {Text(1e3 * step.Optimizer, "F1")} |"));
    }

    [Test]
    public void OneMachineWaitsForNothing()
    {
        var model = new ClusterModel(StepCompute.OnTwoCores.At(453), Machines: 1, GigabitsPerSecond: 1);
        Assert.That(model.ImagesPerSecond, Is.EqualTo(453).Within(1e-9));
        Assert.That(model.Efficiency, Is.EqualTo(1).Within(1e-12));
    }

    /// <summary>Two messages of each part, of three blocks of 70,128 and of 2,165,392 numbers, at 1 GB/s.</summary>
    [Test]
    public void WhereTheLinkIsTheLimitAStepTakesItsMessages()
    {
        double messages = 2 * ((3 * 4 * (70_128 + 2_165_392) / 1e9) + (2 * 3 * 50e-6));
        var model = new ClusterModel(StepCompute.OnTwoCores.At(1e12), Machines: 4, GigabitsPerSecond: 8);
        Assert.That(model.Seconds, Is.EqualTo(messages).Within(1e-9));
    }

    /// <summary>Twice two messages of convolutions, each of which shares the link with another.</summary>
    [Test]
    public void WhereItIsFastOnlyTheConvolutionsAreWaitedFor()
    {
        var compute = StepCompute.OnTwoCores.At(1);
        double messages = 4 * ((3 * 4 * 70_128 / 1e9) + (3 * 50e-6));
        var model = new ClusterModel(compute, Machines: 4, GigabitsPerSecond: 8);
        Assert.That(model.Seconds, Is.EqualTo(compute.Seconds - (compute.Optimizer * 3 / 4) + messages).Within(1e-9));
    }

    [TestCase(453)]
    [TestCase(12_175)]
    public void ThePageHasTheModel(int imagesPerSecond) => Assert.That(
        Rows(imagesPerSecond).Where(row => !MarkdownPage.Text(Page).Contains(row, StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void ThePageHasTheBytes() => Assert.That(
        Machines.Select(each => $"| {each} | {Text(new StepTraffic(each).Bytes)} |")
            .Where(row => !MarkdownPage.Text(Page).Contains(row, StringComparison.Ordinal)),
        Is.Empty);

    private static IEnumerable<string> Rows(int imagesPerSecond) =>
        from machines in Machines
        let compute = StepCompute.OnTwoCores.At(imagesPerSecond)
        let cells = Links.Select(link => new ClusterModel(compute, machines, link))
            .Select(model => $"{Text(model.ImagesPerSecond)} ({Text(100 * model.Efficiency)} %)")
        select $"| {machines} | {string.Join(" | ", cells)} |";

    private static string Text(double number, string format = "N0") =>
        number.ToString(format, CultureInfo.InvariantCulture);

    private static double Milliseconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // What it took before, and what it takes now, forward and backward.
    [GeneratedRegex(
        @"^\| (?<name>[^|]+) \| [\d.]+, (?<forward>[\d.]+) \|[^|]*\|[^|]*\| [\d.]+, (?<backward>[\d.]+) \|",
        RegexOptions.Multiline)]
    private static partial Regex Stage();
}
