using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace GalaxyNet.Tests;

/// <summary>What <c>docs/promises.md</c> promises is shown by tests that are there.</summary>
[TestFixture]
internal sealed partial class PromisesTests
{
    private const int Points = 8;

    private static string[] Rows =>
        [.. File.ReadLines(Repository.Path("docs", "promises.md")).Where(line => Row().IsMatch(line))];

    [Test]
    public void EveryPointHasPromises() => Assert.That(
        Rows.Select(row => int.Parse(Row().Match(row).Groups["point"].ValueSpan)).Distinct(), Is.EqualTo(Enumerable.Range(1, Points)));

    [TestCaseSource(nameof(Rows))]
    public void EveryPromiseIsShownByTestsThatAreThere(string row)
    {
        var links = Link().Matches(row);
        Assert.That(links, Is.Not.Empty);
        Assert.That(links.Where(link => !IsTest(link.Groups["class"].Value, link.Groups["method"].Value)).Select(link => link.Value), Is.Empty);
    }

    [TestCase("PromisesTests", "EveryPointHasPromises", true)]
    [TestCase("PromisesTests", "EveryPromiseIsShownByTestsThatAreThere", true)]
    [TestCase("PromisesTests", "IsTest", false)]
    [TestCase("PromisesTests", "Nothing", false)]
    [TestCase("NoTests", "EveryPointHasPromises", false)]
    public void AnotherNameIsNoTest(string fixture, string method, bool isTest) => Assert.That(IsTest(fixture, method), Is.EqualTo(isTest));

    private static bool IsTest(string fixture, string method) =>
        typeof(PromisesTests).Assembly.GetType($"{typeof(PromisesTests).Namespace}.{fixture}") is { } type
            && type.GetMethod(method, BindingFlags.Public | BindingFlags.Instance) is { } found
            && found.GetCustomAttributes().Any(attribute => attribute is ISimpleTestBuilder or ITestBuilder);

    [GeneratedRegex(@"^\| (?<point>\d) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\[`(?<method>\w+)`\]\(\S*?(?<class>\w+)\.cs#L\d+\)")]
    private static partial Regex Link();
}
