using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The numbers in the study guide are those of the operations.</summary>
[TestFixture]
internal sealed partial class StudyGuideTests
{
    private const double RoundingOfSteps = 2e-4;

    private static IEnumerable<StudyPage> Operations =>
        StudyPage.All.Where(page => OperationCatalogue.All.Any(each => each.Operation == page.Name));

    [TestCaseSource(nameof(Operations))]
    public void TheWorkedExampleIsWhatTheKernelsDo(StudyPage page) =>
        AssertIsOnThePage(page, OperationRunners.On(TestDevices.Get("cpu-512")));

    [TestCaseSource(nameof(Operations))]
    public void TheWorkedExampleIsWhatTheReferenceDoes(StudyPage page) =>
        AssertIsOnThePage(page, OperationRunners.Reference);

    [TestCaseSource(nameof(Operations))]
    public void AWrongNumberIsFound(StudyPage page)
    {
        var example = new StudyExample(page.Blocks("example")[0]);
        var results = OperationRunners.Reference(page.Name, example);
        foreach (string name in results.Keys)
        {
            results[name][^1] += 0.001;
            Assert.That(example.Mismatches(results), Has.Exactly(1).StartsWith(name));
            results[name][^1] -= 0.001;
        }
    }

    [TestCaseSource(nameof(Operations))]
    public void TheQuotesAreOfTheReference(StudyPage page)
    {
        string reference = File.ReadAllText(page.ReferencePath);
        Assert.That(page.Quotes, Is.Not.Empty.And.All.Matches<string>(quote => Quotes(quote!, reference)));
    }

    [TestCase("if (a)\n    b();\n", ExpectedResult = true)]
    [TestCase("if (a)\n    c();\n", ExpectedResult = false)]
    [TestCase("if (a)\nb();\n", ExpectedResult = false)]
    public bool AWrongQuoteIsFound(string quote) => Quotes(quote, "{\n    if (a)\n        b();\n}\n");

    [TestCaseSource(typeof(StudyPage), nameof(StudyPage.All))]
    public void TheStepsOnPaperAreRight(StudyPage page)
    {
        StudyExample[] examples = [.. page.Blocks("example").Select(block => new StudyExample(block))];
        var lines = page.Blocks("steps")
            .SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(lines.SelectMany(line => WrongSteps(line, examples)), Is.Empty);
    }

    [TestCaseSource(nameof(Operations))]
    public void APageHasStepsToFollow(StudyPage page) => Assert.That(page.Blocks("steps"), Is.Not.Empty);

    [TestCase("y[1] = 2*3 = 7")]
    [TestCase("y[0] = 2*3 = 6")]
    [TestCase("mean = (1+2)/2 = sqrt(2)")]
    public void AWrongStepIsFound(string line) =>
        Assert.That(WrongSteps(line, [new StudyExample("y 2 = 5 6")]), Is.Not.Empty);

    [TestCase("y[1] = 2*3 = 6")]
    [TestCase("mean = -(1 + 2)/2 + sqrt(4) - exp(0)/2 = 0")]
    public void ARightStepPasses(string line) =>
        Assert.That(WrongSteps(line, [new StudyExample("y 2 = 5 6")]), Is.Empty);

    private static void AssertIsOnThePage(StudyPage page, OperationRunner run)
    {
        string[] blocks = [.. page.Blocks("example")];
        Assert.That(blocks, Is.Not.Empty);
        foreach (string block in blocks)
        {
            var example = new StudyExample(block);
            Assert.That(example.Mismatches(run(page.Name, example)), Is.Empty);
        }
    }

    /// <summary>True where the lines stand in the code, all indented by as much.</summary>
    private static bool Quotes(string lines, string code) => Enumerable.Range(0, 4).Any(depth =>
        code.Contains(LineStart().Replace(lines, new string(' ', 4 * depth)), StringComparison.Ordinal));

    /// <summary>
    /// A step is <c>name = expression = expression ...</c>: all are equal, and equal to the example's number of that
    /// name.
    /// </summary>
    private static IEnumerable<string> WrongSteps(string line, StudyExample[] examples)
    {
        string[] parts = line.Split('=', StringSplitOptions.TrimEntries);
        double[] values = [.. parts.Skip(1).Select(Arithmetic.Evaluate)];
        foreach (double value in values)
        {
            if (Math.Abs(value - values[^1]) > RoundingOfSteps)
                yield return $"{line}: {value} is not {values[^1]}.";
        }
        double[] known = [.. examples.Select(example => example.FindElement(parts[0])).OfType<double>()];
        if (known.Length > 0 && !known.Any(number => Math.Abs(number - values[^1]) <= RoundingOfSteps))
            yield return $"{line}: the example has {string.Join(" and ", known)}.";
    }

    [GeneratedRegex("^(?=.)", RegexOptions.Multiline)]
    private static partial Regex LineStart();
}
