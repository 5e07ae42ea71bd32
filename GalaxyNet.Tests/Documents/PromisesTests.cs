using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace GalaxyNet.Tests;

/// <summary>What <c>docs/promises.md</c> promises is shown by tests that are there.</summary>
[TestFixture]
internal sealed partial class PromisesTests
{
    private static string[] Sections => MarkdownPage.Text("docs/promises.md").Split("\n## ")[1..];

    private static IEnumerable<string> Rows => Sections.SelectMany(RowsOf);

    [Test]
    public void EverySectionHasPromises()
    {
        Assert.That(Sections, Has.Length.EqualTo(11));
        Assert.That(Sections.Select(RowsOf), Has.None.Empty);
    }

    [TestCaseSource(nameof(Rows))]
    public void EveryPromiseIsShownByTestsThatAreThere(string row)
    {
        var links = Link().Matches(row);
        Assert.That(links, Is.Not.Empty);
        var missing = links.Where(link => !IsTest(link.Groups["class"].Value, link.Groups["method"].Value));
        Assert.That(missing.Select(link => link.Value), Is.Empty);
    }

    [TestCase("PromisesTests", "EverySectionHasPromises", true)]
    [TestCase("PromisesTests", "EveryPromiseIsShownByTestsThatAreThere", true)]
    [TestCase("PromisesTests", "IsTest", false)]
    [TestCase("PromisesTests", "Nothing", false)]
    [TestCase("NoTests", "EverySectionHasPromises", false)]
    public void AnotherNameIsNoTest(string fixture, string method, bool isTest) =>
        Assert.That(IsTest(fixture, method), Is.EqualTo(isTest));

    /// <summary>The rows of a section's table below its heading.</summary>
    private static IEnumerable<string> RowsOf(string section) =>
        section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

    private static bool IsTest(string fixture, string method) =>
        typeof(PromisesTests).Assembly.GetType($"{typeof(PromisesTests).Namespace}.{fixture}") is { } type
            && type.GetMethod(method, BindingFlags.Public | BindingFlags.Instance) is { } found
            && found.GetCustomAttributes().Any(attribute => attribute is ISimpleTestBuilder or ITestBuilder);

    [GeneratedRegex(@"\[`(?<method>\w+)`\]\(\S*?(?<class>\w+)\.cs#L\d+\)")]
    private static partial Regex Link();
}
