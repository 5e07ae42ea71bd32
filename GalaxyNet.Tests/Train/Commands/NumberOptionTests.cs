using System.CommandLine;

namespace GalaxyNet.Tests;

/// <summary>A number on a command line is what it looks like in every country, or it is refused.</summary>
[TestFixture]
internal sealed class NumberOptionTests
{
    private static readonly string[] NoNumbers =
    [
        "0,001", "1,5", "1.000,5", "1,000", "1 000", "1'000", "1_000", " 1", "1 ", "1\0", "0x10", "#1", "$1", "1f",
        "(1)", "1e", "１", "١", "½", "∞", "Infinity", "-Infinity", "NaN", "nan", "1e39.5", "1e999", "-1e999", "1.2.3",
        "--1", "+-1", "1e-9999", "one", ".", "e5", "+", "true",
    ];

    private static IEnumerable<TestCaseData> Numbers => CommandTree.Options
        .Where(each => IsNumber(each.Option.ValueType))
        .Select(each => new TestCaseData(each.Command, each.Option)
            .SetArgDisplayNames(each.Command.Name, each.Option.Name));

    [Test]
    public void ThereAreMany() => Assert.That(Numbers.Count(), Is.GreaterThan(30));

    [TestCaseSource(nameof(Numbers))]
    public void EveryNumberIsReadByTheOneParser(Command command, Option option) =>
        Assert.That(option.GetType().Name, Is.EqualTo(typeof(NumberOption<int>).Name), command.Name);

    [TestCaseSource(nameof(Numbers))]
    public void WhatIsNoFiniteNumberIsRefusedWithWhatWasReadAndWhatIsAllowed(Command command, Option option)
    {
        foreach (string text in NoNumbers)
        {
            var errors = command.Parse([option.Name, text]).Errors;
            Assert.That(
                errors.Select(error => error.Message),
                Has.Exactly(1).StartsWith($"{option.Name} '{text}' must be a ")
                    .And.Match("(at most|less than|one of) [0-9]"));
        }
    }

    [Test]
    public void ACommaIsNoPoint()
    {
        using var folder = new TemporaryFolder();
        foreach (string option in new[] { "--learning-rate", "--warm-up", "--weight-average", "--zoom" })
        {
            ProgramRun.Of("train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), option, "0,001")
                .AssertRefused(2, $"{option} '0,001' must be a number like 0.001, with a point and no comma, at least");
        }
        Assert.That(Directory.Exists(folder.Path("run")), Is.False);
    }

    [TestCase("--learning-rate", "Infinity", "at most 3.4")]
    [TestCase("--learning-rate", "1e39", "at most 3.4")]
    [TestCase("--learning-rate", "1e-60", "at least 0")]
    [TestCase("--warm-up", "1e309", "at most 1.79")]
    [TestCase("--epochs", "2147483648", "a whole number, at least 1, at most 2147483647")]
    [TestCase("--epochs", "1.5", "a whole number")]
    [TestCase("--seed", "4294967296", "at least 0, at most 4294967295")]
    [TestCase("--average-views", "3", "one of 1, 2, 4, 8, 16, 24")]
    [TestCase("--attempt", "6", "one of 1, 2, 3, 4, 5")]
    public void ANumberOutOfRangeIsRefusedBeforeAnyWork(string option, string text, string allowed) =>
        ProgramRun.Of("train", "--data", DrawnGalaxies.Folder, "--out", "nowhere", option, text)
            .AssertRefused(2, $"{option} '{text}'", allowed);

    [TestCase("0.001", 0.001f)]
    [TestCase(".5", 0.5f)]
    [TestCase("1e-3", 1e-3f)]
    [TestCase("+2E+1", 20f)]
    [TestCase("0", 0f)]
    [TestCase("0e-99", 0f)]
    [TestCase("-0.0", 0f)]
    public void WhatIsANumberIsRead(string text, float number)
    {
        Assert.That(Number.TryParse(text, out float read));
        Assert.That(read, Is.EqualTo(number));
    }

    [TestCase("100008", true)]
    [TestCase("100008.0", true)]
    [TestCase("100008.", true)]
    [TestCase("100008.00000", true)]
    [TestCase("100008.5", false)]
    [TestCase("1.00008e5", false)]
    [TestCase("9223372036854775808", false)]
    public void AWholeNumberMayHaveZerosBehindThePoint(string text, bool isWhole)
    {
        Assert.That(Number.TryParseWhole(text, out long number), Is.EqualTo(isWhole));
        if (isWhole)
            Assert.That(number, Is.EqualTo(100_008));
    }

    [Test]
    public void ChoicesAreSortedAsNumbers() =>
        Assert.That(ProgramRun.Good("train", "--help").Output, Does.Contain("--average-views <1|2|4|8|16|24>"));

    [Test]
    public void ChoicesAreOfferedToAShell() =>
        Assert.That(
            ProgramRun.Good("[suggest:22]", "train --average-views ").Output.Split(Environment.NewLine),
            Is.SupersetOf((string[])["1", "2", "16", "24"]));

    private static bool IsNumber(Type type)
    {
        var one = Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type;
        return one.IsPrimitive && one != typeof(bool) && one != typeof(char);
    }
}
