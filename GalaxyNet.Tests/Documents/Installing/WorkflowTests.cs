using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>
/// What matters in the workflow for GitHub's machines, as far as it can be read without a parser of YAML; the rest
/// is for a linter.
/// </summary>
[TestFixture]
internal sealed class WorkflowTests
{
    private static string Text =>
        File.ReadAllText(Repository.Path(".github", "workflows", "ci.yml")).ReplaceLineEndings("\n");

    [Test]
    public void ItRunsTheIntegration() => Assert.That(Text, Does.Match(@"(?m)^ +- run: \.ci/run$"));

    [Test]
    public void ItMayOnlyRead()
    {
        Assert.That(Text, Does.Contain("\npermissions:\n  contents: read\n\n"));
        Assert.That(Text, Does.Not.Contain("pull_request_target").And.Not.Contain("write"));
    }

    [Test]
    public void EachActionHasOneVersion()
    {
        var actions = Regex.Matches(Text, @"(?m)^ +- uses: (.*)$").Select(match => match.Groups[1].Value).ToList();
        Assert.That(actions, Is.Not.Empty.And.All.Match(@"^actions/[\w-]+@v\d+\.\d+\.\d+$"));
    }

    [Test]
    public void EachJobHasALimit()
    {
        string jobs = Text[Text.IndexOf("\njobs:\n", StringComparison.Ordinal)..];
        string[] each = Regex.Split(jobs, @"(?m)^  (?=\w+:$)")[1..];
        Assert.That(each, Has.Length.EqualTo(3).And.All.Match(@"(?m)^    timeout-minutes: \d+$"));
    }

    /// <summary>Each system's file is published by the profile, and lies where the workflow runs it.</summary>
    [Test]
    public void TheOneFileIsPublishedAndRun()
    {
        Assert.That(Text, Does.Contain("run: dotnet publish GalaxyNet.Train -p:PublishProfile=OneFile -r ${{ matrix."));
        Assert.That(Text, Does.Contain("run: artifacts/${{ matrix.system }}/galaxynet demo "));
        string profile = File.ReadAllText(
            Repository.Path("GalaxyNet.Train", "Properties", "PublishProfiles", "OneFile.pubxml"));
        Assert.That(profile, Does.Contain("<PublishDir>../artifacts/$(RuntimeIdentifier)/</PublishDir>"));
    }
}
