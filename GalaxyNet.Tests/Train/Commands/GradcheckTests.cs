using System.Text.Json;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary><c>gradcheck</c> shows what is right, and with <c>--break</c> what mistakes look like.</summary>
[TestFixture]
internal sealed class GradcheckTests
{
    private const int WrongGradient = 1;

    [Test, Exhaustive]
    public void EveryGradientIsRight()
    {
        var json = ProgramRun.Good("gradcheck", "--device", "cpu", "--json").Json;
        Assert.That(json.GetProperty("failed").GetInt32(), Is.Zero);
        Assert.That(json.GetProperty("passed").GetInt32(), Is.GreaterThan(50));
        Assert.That(json.GetProperty("mistake").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var check = json.GetProperty("checks")[0];
        Assert.That(
            check.EnumerateObject().Select(each => each.Name),
            Is.EqualTo(["operation", "case", "argument", "checked", "relative_error", "passed", "elements"]));
        Assert.That(
            check.GetProperty("elements")[0].EnumerateObject().Select(each => each.Name),
            Is.EqualTo(["element", "analytic", "numeric", "relative_error"]));
    }

    [Test]
    public void BothGradientsOfEachArgumentsElementsAreShown()
    {
        string output = ProgramRun.Good(Gradcheck("--operation", "sigmoid", "--elements", "4")).Output;
        Assert.That(output, Does.Contain("sigmoid: ").And.Not.Contain("conv2d: ").And.Not.Contain("mistake"));
        Assert.That(Regex.Matches(output, @" x, \d+ checked .*pass"), Is.Not.Empty);
        Assert.That(
            Regex.Matches(output, @" x\[\d+,\d+\] +-?\d\.\d{6} +-?\d\.\d{6} +\d\.\de-?\d+"), Has.Count.AtLeast(4));
    }

    [Test]
    public void TheTableSaysWhatItDividesBy() => Assert.That(
        ProgramRun.Good(Gradcheck("--operation", "relu")).Output,
        Does.Contain("|analytic - numeric| / max(|analytic|, |numeric|)")
            .And.Contain("|analytic - numeric| / |numeric| over all"));

    [Test]
    public void TheElementsThatAreFurthestApartComeFirst()
    {
        foreach (var check in Broken("global_average_pool2d:not-divided").Json.GetProperty("checks").EnumerateArray())
            Assert.That(
                check.GetProperty("elements").EnumerateArray().Select(each => Math.Abs(
                    each.GetProperty("analytic").GetSingle() - each.GetProperty("numeric").GetSingle())),
                Is.Ordered.Descending);
    }

    [Test]
    public void AMistakeSpoilsTheGradientsThatItTouches()
    {
        var run = Broken("dense:no-batch-sum");
        Assert.That(run.ExitCode, Is.EqualTo(WrongGradient));
        var checks = run.Json.GetProperty("checks").EnumerateArray()
            .Where(each => each.GetProperty("case").GetString() == "odd extents");
        Assert.That(
            checks.Select(each => (each.GetProperty("argument").GetString(), each.GetProperty("passed").GetBoolean())),
            Is.EqualTo([("x", true), ("w", false), ("b", false)]));
        var mistake = run.Json.GetProperty("mistake");
        Assert.That(mistake.GetProperty("operation").GetString(), Is.EqualTo("dense"));
        Assert.That(mistake.GetProperty("mistake").GetString(), Is.EqualTo("no-batch-sum"));
    }

    [Test]
    public void TheTableIsHeadedByTheMistake() => Assert.That(
        ProgramRun.Of(Gradcheck("--break", "sigmoid:no-slope")).Output,
        Does.Match(@"^\s*with sigmoid:no-slope: [^|]* analytic "));

    [Test]
    public void AnOperationAloneGetsItsFirstMistake()
    {
        var run = ProgramRun.Of(Gradcheck("--break", "sigmoid"));
        Assert.That(run.ExitCode, Is.EqualTo(WrongGradient));
        Assert.That(run.Output, Does.Contain("with sigmoid:slope-from-input"));
        Assert.That(run.Error, Does.Contain("sigmoid:slope-from-input, the first of 4").And.Contain("--break list"));
    }

    [Test]
    public void AllMistakesAreListed()
    {
        string output = ProgramRun.Good("gradcheck", "--break", "list").Output;
        Assert.That(output, Does.Match("batch-mean +dw and db are the mean over the batch, not the sum."));
        var operations = OperationCatalogue.All.Select(each => each.Operation)
            .Where(each => OperationCatalogue.MistakesOf(each).Count > 0).Distinct();
        Assert.That(Regex.Matches(output, @"(?m)^ +([a-z0-9_]+) *\r?$").Select(each => each.Groups[1].Value),
            Is.EqualTo(operations));
    }

    [Test]
    public void AllMistakesAreJsonToo()
    {
        var listed = ProgramRun.Good("gradcheck", "--break", "list", "--json").Json.GetProperty("mistakes")
            .EnumerateArray().Where(each => each.GetProperty("operation").GetString() == "dense").ToArray();
        var mistakes = OperationCatalogue.MistakesOf("dense");
        Assert.That(
            listed.Select(each => each.GetProperty("mistake").GetString()),
            Is.EqualTo(mistakes.Select(each => each.Name)));
        Assert.That(
            listed.Select(each => each.GetProperty("description").GetString()),
            Is.EqualTo(mistakes.Select(each => each.Description)));
    }

    [TestCase("dence", "the nearest is dense")]
    [TestCase("adam", "no operation with a gradient")]
    [TestCase("conv:filter-not-flipped", "the nearest is conv2d")]
    [TestCase("dense:no-batch-summ", "dense has no such mistake; the nearest is dense:no-batch-sum,")]
    [TestCase("dense:", "dense has no such mistake")]
    [TestCase("lists", "--break list")]
    public void WhatCannotBeBrokenIsRefused(string written, string reason) =>
        ProgramRun.Of("gradcheck", "--break", written)
            .AssertRefused(2, $"--break {written}: ", reason, "gradcheck --break list shows all");

    [Test]
    public void BreakNamesTheOperationItself() =>
        ProgramRun.Of("gradcheck", "--break", "dense", "--operation", "conv2d")
            .AssertRefused(2, "--break", "--operation");

    private static ProgramRun Broken(string mistake) => ProgramRun.Of(Gradcheck("--break", mistake, "--json"));

    private static string[] Gradcheck(params string[] options) => ["gradcheck", "--device", "cpu", .. options];
}
