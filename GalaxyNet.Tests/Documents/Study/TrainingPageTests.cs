using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The tables of the page on training are what first weights do here, and what the runs showed.</summary>
[TestFixture]
internal sealed partial class TrainingPageTests
{
    private const double FourDecimals = 5.1e-5;
    private const double TwoDecimals = 0.0051;
    private const double FivePercent = 0.05;

    private static readonly StudyPage Page = StudyPage.All.Single(page => page.Name == "training");

    private static readonly Dictionary<string, double> Factors = new()
    {
        ["library"] = 1,
        ["he"] = Math.Sqrt(6),
        ["twice"] = Math.Sqrt(12),
    };

    private static readonly Dictionary<string, Func<double, double>> Starts = new()
    {
        ["as drawn"] = static weight => weight,
        ["√6 times as large: He's"] = static weight => Math.Sqrt(6) * weight,
        ["all 0"] = static _ => 0,
        ["all 0.05"] = static _ => 0.05,
        ["10 times as large"] = static weight => 10 * weight,
        ["100 times as large"] = static weight => 100 * weight,
        ["a hundredth"] = static weight => weight / 100,
        ["a millionth"] = static weight => weight / 1e6,
    };

    private static IEnumerable<TestCaseData> RowsOf(string heading) =>
        Page.Rows(heading).Select(cells => new TestCaseData([cells]).SetArgDisplayNames(cells[0]));

    private static IEnumerable<TestCaseData> LayersOfAttemptFour() => RowsOf("behind");

    private static IEnumerable<TestCaseData> FirstWeightsOfStripes() => RowsOf("first weights");

    private static IEnumerable<(string Table, string[] Cells)> Summaries() =>
        from heading in File.ReadLines(Page.Path)
        let match = Summary().Match(heading)
        where match.Success
        from cells in Page.Rows(match.Groups["cell"].Value)
        select (match.Groups["table"].Value, cells);

    [TestCaseSource(nameof(LayersOfAttemptFour))]
    public void TheRuleIsWorkedOutOnThePage(string[] cells)
    {
        if (cells[1].Length > 0)
            Assert.That(string.Concat(Page.Blocks("steps")), Does.Match($@"(?m)^{cells[0]} = .*\b{cells[1]}$"));
    }

    [TestCaseSource(nameof(LayersOfAttemptFour))]
    public void TheSizesInAttemptFourAreMeasured(string[] cells)
    {
        double size = Math.Sqrt(FirstOutputs(cells[0]).Average(value => (double)value * value));
        Assert.That(size, Is.EqualTo(Value(cells[2])).Within(TwoDecimals));
    }

    [Test]
    public void TheInputsOfFc1HaveTheMeanOfThePage() =>
        Assert.That(FirstOutputs("pool3").Average(), Is.EqualTo(0.99).Within(TwoDecimals));

    [Test]
    public void TheSizesBehindTenLayersAreThoseOfTheCurves()
    {
        var table = RunTable.Read("sizes");
        foreach (var (name, factor) in Factors)
        {
            double[] powers = [0, .. FirstWeights.SizesBehind(10, factor).Select(Math.Log10)];
            Assert.That(table.Curve(name).Select(point => point.Y), Is.EqualTo(powers).Within(FourDecimals), name);
        }
        double[] last = [.. Page.Rows("weights uniform in").Select(cells => Value(cells[2]))];
        Assert.That(
            last.Select(Math.Log10),
            Is.EqualTo(Factors.Keys.Select(name => table.Curve(name)[^1].Y)).Within(0.02));
    }

    [TestCaseSource(nameof(FirstWeightsOfStripes))]
    public void WhatFirstWeightsLeadToIsMeasured(string[] cells)
    {
        var network = new StripesNetwork(Starts[cells[0]]);
        List<double> losses = [network.Step()];
        double gradient = network.Gradient;
        while (losses.Count < 200)
            losses.Add(network.Step());
        double[] means = [losses.Take(20).Average(), losses.Skip(40).Take(20).Average(), losses.TakeLast(20).Average()];
        Assert.Multiple(() =>
        {
            Assert.That(gradient, Is.EqualTo(Value(cells[1])).Within(FivePercent * gradient));
            Assert.That(cells[2..5].Select(Value), Is.EqualTo(means).Within(FourDecimals));
            Assert.That(network.DifferentUnits, Is.EqualTo(Value(cells[5])));
        });
    }

    [Test]
    public void AFirstStepSaturatesAsThePageSays()
    {
        var device = TestDevices.Get("cpu-512");
        string[][] rows = [.. Page.Rows("rate of the first step")];
        foreach (string[] cells in rows.Skip(1))
        {
            double rate = Arithmetic.Evaluate(cells[0]);
            var outputs = FirstStep.Measure(device, (float)rate);
            foreach (var ((size, slope), row) in outputs.Zip([rows[0], cells]))
            {
                Assert.That(size, Is.EqualTo(Value(row[1])).Within(FivePercent * size), cells[0]);
                Assert.That(slope, Is.EqualTo(Value(row[2])).Within(FivePercent * slope), cells[0]);
            }
        }
    }

    [Test]
    public void FromEpochFourteenOnNothingIsGainedWithoutAugmentation()
    {
        var table = RunTable.Read("overfitting");
        double[] training = [.. table.Curve("training_plain").Select(point => point.Y)];
        double[] others = [.. table.Curve("validation_plain").Select(point => point.Y)];
        Assert.That(others.Take(14).Min(), Is.EqualTo(others.Min()).Within(0.0005));
        Assert.That(training[^1], Is.LessThan(0.6 * training[13]));
        Assert.That(table.Curve("validation_turned").Min(point => point.Y), Is.LessThan(others.Min()));
    }

    [Test]
    public void TheErrorsOfRunsAreThoseOfTheirCurves()
    {
        var summaries = Summaries().ToList();
        Assert.That(summaries.Select(each => each.Table).Distinct().Count(), Is.EqualTo(4));
        foreach (var (name, cells) in summaries)
        {
            string column = cells[0].Split('`')[1];
            var curve = RunTable.Read(name).Curve(column);
            var best = curve.MinBy(point => point.Y);
            Assert.That(
                cells[1..].Select(Value),
                Is.EqualTo([best.Y, best.X, curve[^1].Y]).Within(FourDecimals),
                $"{name}, {column}");
        }
    }

    [Test]
    public void TheLossesOfSaturatedOutputsAreThoseOfTheirCurves()
    {
        foreach (string[] cells in Page.Rows("mean loss"))
        {
            double[] losses = [.. RunTable.Read("saturated").Curve(cells[0].Split('`')[1]).Select(point => point.Y)];
            double[] means = [.. losses.Chunk(20).Select(part => part.Average())];
            Assert.That(cells[1..].Select(Value), Is.EqualTo(means).Within(FourDecimals), cells[0]);
        }
    }

    [TestCase(3, ExpectedResult = 6)]
    [TestCase(4, ExpectedResult = 19)]
    public int PatienceEndsTheRunOnFewGalaxies(int patience)
    {
        var stopping = new EarlyStopping(patience);
        foreach (var (_, error) in RunTable.Read("few").Curve("validation").TakeWhile(_ => !stopping.Stops))
            stopping.Add(error);
        return stopping.Epochs;
    }

    /// <summary>What attempt 4 gives behind a layer for images of noise, with its first weights.</summary>
    private static float[] FirstOutputs(string layer)
    {
        var attempt = GalaxyZooNetworks.Attempt(4);
        int count = 1 + attempt.Layers.ToList().FindIndex(each => each.Name == layer);
        var device = TestDevices.Get("cpu-512");
        using var network = new Sequential( // whose layers get the same numbers as all of them would
            device, attempt.InputShape, maxBatch: 4, seed: 1, [.. attempt.Layers.Take(count)]);
        using var images = FirstWeights.Images(device, attempt.InputShape, count: 4);
        return network.Forward(images, Mode.Training).ToArray();
    }

    private static double Value(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<cell>curve of \[(?<table>\w+)\]\([^)]*\)) \|")]
    private static partial Regex Summary();
}
