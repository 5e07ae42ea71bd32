namespace GalaxyNet.Tests;

/// <summary>Label files, good and bad.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LabelsTests : IDisposable
{
    private static readonly string Header = "GalaxyID," + string.Join(',', DecisionTree.ClassNames);
    private static readonly string Zeros = string.Concat(Enumerable.Repeat(",0", DecisionTree.ClassCount));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void ColumnsAreFoundByName()
    {
        string header = string.Join(',', DecisionTree.ClassNames.Reverse()) + ",Note,GalaxyID";
        string row = string.Join(',', Enumerable.Range(0, 37).Reverse().Select(i => $"0.{i:00}")) + ",a comment,100008";
        var labels = Load(header, row);
        Assert.That(labels.Ids, Is.EqualTo(new[] { 100008 }));
        Assert.That(labels[0].ToArray(), Is.EqualTo(Enumerable.Range(0, 37).Select(i => i / 100f)).Within(1e-7));
    }

    [Test]
    public void WhatIsWrittenIsReadBack()
    {
        var labels = new Labels([3, 1], [.. Enumerable.Range(0, 74).Select(i => i / 100f)]);
        labels.Write(folder.Path("out", "labels.csv"));
        var read = Labels.Load(folder.Path("out", "labels.csv"));
        Assert.That(read.Ids, Is.EqualTo(labels.Ids));
        Assert.That(read.Fractions, Is.EqualTo(labels.Fractions));
        Assert.That(Directory.GetFiles(folder.Path("out")), Has.Length.EqualTo(1));
    }

    [Test]
    public void AnEmptyCellIsAFractionThatIsNotKnown()
    {
        var labels = Load(Header, "3," + Zeros[2..], "5" + Zeros, "7" + Zeros[..^1] + " ");
        Assert.That(labels[0][0], Is.NaN);
        Assert.That(labels[2][36], Is.NaN);
        Assert.That(labels.Fractions.Count(float.IsNaN), Is.EqualTo(2));
        Assert.That(labels.UnknownReport, Does.Contain("labels.csv: 2 of 111 vote fractions are unknown"));
        Assert.That(Load(Header, "5" + Zeros).UnknownReport, Is.Null);
    }

    [Test]
    public void ARowOfWhichNothingIsKnownIsRefused() => Assert.That(
        Error(Header, "5" + Zeros, "6" + new string(',', DecisionTree.ClassCount)),
        Does.Contain("line 3: all 37 classes are empty").And.Not.Contain('\n'));

    [Test]
    public void WhatIsNotKnownIsWrittenAsAnEmptyCell()
    {
        var labels = new Labels([3, 1], [.. Enumerable.Range(0, 74).Select(i => i % 3 == 0 ? float.NaN : i / 100f)]);
        labels.Write(folder.Path("labels.csv"));
        Assert.That(File.ReadLines(folder.Path("labels.csv")).ElementAt(1), Does.StartWith("3,,0.01,0.02,,0.04,"));
        Assert.That(Labels.Load(folder.Path("labels.csv")).Fractions, Is.EqualTo(labels.Fractions));
    }

    [Test]
    public void AQuestionOfWhichAnAnswerIsNotKnownCannotBreakTheTree()
    {
        string[] fields = Array.ConvertAll(Zeros[1..].Split(','), _ => "");
        fields[DecisionTree.IndexOf("Class1.1")] = "0.2"; // of 1
        fields[DecisionTree.IndexOf("Class2.1")] = "0.4"; // of what is not known
        fields[DecisionTree.IndexOf("Class2.2")] = "0.4";
        Assert.That(Load(Header, $"5,{string.Join(',', fields)}").TreeReport, Is.Null);
        fields[DecisionTree.IndexOf("Class1.2")] = "0.1";
        Assert.That(Load(Header, $"5,{string.Join(',', fields)}").TreeReport, Does.Contain("question 2"));
    }

    [TestCase("")]
    [TestCase("GalaxyID", "5")]
    public void AFileWithoutTheColumnsIsRefused(params string[] lines) =>
        Assert.That(Error(lines), Does.Contain("GalaxyID").Or.Contain("Class1.1"));

    [Test]
    public void AColumnTwiceIsRefused() =>
        Assert.That(Error(Header + ",Class7.2", "5" + Zeros + ",0"), Does.Contain("line 1").And.Contain("Class7.2"));

    [Test]
    public void AHeaderWithoutGalaxiesIsRefused() => Assert.That(Error(Header), Does.Contain("no galaxies"));

    [Test]
    public void AMissingFileIsNamed() => Assert.That(
        () => Labels.Load(folder.Path("none.csv")),
        Throws.TypeOf<UserErrorException>().With.Message.Contains("none.csv"));

    [TestCase("word")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("-0.1")]
    [TestCase("1.5")]
    [TestCase("0,5")]
    [TestCase("0\".5")]
    public void ABadFractionIsNamedWithItsLine(string fraction)
    {
        string row = string.Concat(Enumerable.Repeat(",0", DecisionTree.ClassCount - 1)) + "," + fraction;
        Assert.That(
            Error(Header, "1" + Zeros, "2" + row, "3" + Zeros), Does.Contain("line 3: ").And.Not.Contain("line 4"));
    }

    [TestCase("0")]
    [TestCase("-5")]
    [TestCase("5.5")]
    [TestCase("007")]
    [TestCase("007.0")]
    [TestCase("+5")]
    [TestCase("1e3")]
    [TestCase("../5")]
    [TestCase("")]
    [TestCase("9223372036854775808")]
    [TestCase("99999999999999999999")]
    public void AnIdIsAPositiveWholeNumber(string id) =>
        Assert.That(Error(Header, id + Zeros), Does.Contain("line 2: GalaxyID").And.Contain($"'{id}'"));

    [Test]
    public void AGalaxyTwiceIsRefused() =>
        Assert.That(Error(Header, "7" + Zeros, "8" + Zeros, "7" + Zeros), Does.Contain("line 4").And.Contain("line 2"));

    [Test]
    public void AShortRowIsRefused() => Assert.That(Error(Header, "7,0.5"), Does.Contain("line 2: 2 values"));

    [Test]
    public void OneProblemIsOneLine() => Assert.That(Error(Header, "7,0.5"), Does.Not.Contain('\n'));

    [Test]
    public void ManyProblemsAreListedTogether()
    {
        string[] lines = Error([Header, "7" + Zeros, .. Enumerable.Repeat("x" + Zeros, 30)]).Split('\n');
        Assert.That(lines[0], Does.Contain("labels.csv").And.Contain("30 problems"));
        Assert.That(lines, Has.Length.EqualTo(1 + 20 + 1));
        Assert.That(lines[^1], Does.Contain("10 more"));
    }

    [Test]
    public void WhereNoRowIsGoodOneLineSaysHowTheFirstIsBad()
    {
        string message = Error([Header, .. Enumerable.Repeat("x" + Zeros, 30)]);
        Assert.That(message, Does.Contain("all 30 rows are bad, the first one so: line 2: ").And.Not.Contain('\n'));
    }

    /// <summary>What pandas, NumPy, Excel and the challenge's own page make of the file, where it is plain.</summary>
    [TestCase("GalaxyId", "5")]
    [TestCase("galaxyid", "5")]
    [TestCase("# GalaxyID", "5")]
    [TestCase("#GalaxyID", "5")]
    [TestCase("\ufeffGalaxyID", "5")]
    [TestCase("\"GalaxyID\"", "\"5\"")]
    [TestCase(" GalaxyID ", " 5 ")]
    [TestCase("GalaxyID", "5.0")]
    [TestCase("GalaxyID", "5.000000")]
    public void WhatIsPlainIsRead(string column, string id)
    {
        string header = column + "," + string.Join(',', DecisionTree.ClassNames).ToUpperInvariant();
        var labels = Load(header, id + Zeros);
        Assert.That(labels.Ids, Is.EqualTo([5L]));
        Assert.That(labels.Fractions, Has.Length.EqualTo(DecisionTree.ClassCount).And.All.Zero);
    }

    [Test]
    public void RowsOfEmptyCellsArePassedOver()
    {
        var problems = new ProblemList();
        string empty = new(',', DecisionTree.ClassCount);
        string[] lines = [Header, "", "5" + Zeros, empty, "   ", ",,", "6" + Zeros, empty];
        File.WriteAllLines(folder.Path("labels.csv"), lines);
        Assert.That(Labels.Load(folder.Path("labels.csv"), problems).Ids, Is.EqualTo([5L, 6L]));
        Assert.That(problems.Count, Is.Zero);
    }

    [TestCase("1.0000001192092896", 1f)]
    [TestCase("1.000001", 1f)]
    [TestCase("-0.0000005", 0f)]
    [TestCase("-1e-7", 0f)]
    public void WhatRoundingPutOutsideIsBroughtBack(string fraction, float expected) =>
        Assert.That(Load(Header, $"5,{fraction}{Zeros[2..]}")[0][0], Is.EqualTo(expected));

    [TestCase("1.00001")]
    [TestCase("-0.00001")]
    public void WhatRoundingDoesNotExplainIsRefused(string fraction) =>
        Assert.That(
            Error(Header, $"5,{fraction}{Zeros[2..]}"), Does.Contain($"'{fraction}' is not a number from 0 to 1"));

    [TestCase(";", "semicolons")]
    [TestCase("\t", "tabs")]
    public void AnotherSeparatorIsOneLineThatSaysWhatLine1Holds(string separator, string name)
    {
        string[] lines = [Header, "5" + Zeros];
        string message = Error(
            Array.ConvertAll(lines, line => line.Replace(",", separator, StringComparison.Ordinal)));
        Assert.That(
            message,
            Does.Contain($"line 1 holds 'GalaxyID{separator}Class1.1{separator}").And.Contain($"with {name} between")
                .And.Contain("it should name GalaxyID and the 37 classes").And.Not.Contain('\n'));
    }

    [Test]
    public void NumbersWithoutNamesAreOneLine() => Assert.That(
        Error("100008" + Zeros, "100023" + Zeros),
        Does.Contain("line 1 holds '100008,0,0").And.Contain("without a line of names").And.Not.Contain('\n'));

    [TestCase("<!DOCTYPE html><html><title>Sign in</title></html>", "a web page")]
    [TestCase("version https://git-lfs.github.com/spec/v1\noid sha256:00", "a Git LFS pointer")]
    [TestCase("PK\u0003\u0004 a zip", "a zip archive")]
    [TestCase("G\0a\0l\0", "a text in UTF-16")]
    public void AFileOfAnotherKindIsNamed(string content, string kind) =>
        Assert.That(
            Error(content), Does.Contain($"labels.csv: is {kind}").And.Contain("it should be").And.Not.Contain('\n'));

    [Test]
    public void TheTreeHas37Classes()
    {
        Assert.That(DecisionTree.ClassNames, Has.Count.EqualTo(DecisionTree.ClassCount).And.Unique);
        Assert.That(DecisionTree.AnswerNames, Has.Count.EqualTo(DecisionTree.ClassCount));
        Assert.That(DecisionTree.ClassNames[DecisionTree.IndexOf("Class11.6")], Is.EqualTo("Class11.6"));
    }

    private Labels Load(params string[] lines) => Labels.Load(folder.Write("labels.csv", string.Join("\r\n", lines)));

    private string Error(params string[] lines)
    {
        string message = Assert.Throws<UserErrorException>(() => Load(lines))!.Message;
        Assert.That(message, Does.Contain("labels.csv"));
        return message;
    }
}
