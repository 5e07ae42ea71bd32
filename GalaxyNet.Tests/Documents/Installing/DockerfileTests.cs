using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The Dockerfile keeps what is expected of one; <c>.ci/container</c> builds its image.</summary>
[TestFixture]
internal sealed class DockerfileTests
{
    private static string Text => File.ReadAllText(Repository.Path("Dockerfile")).ReplaceLineEndings("\n");

    [Test]
    public void ItKeepsTheRules() => Assert.That(DockerfileRules.ProblemsOf(Text), Is.Empty);

    [TestCase("sdk:10.0-noble", "sdk", "name its version")]
    [TestCase("sdk:10.0-noble", "sdk:latest", "name its version")]
    [TestCase("runtime-deps:10.0-noble", "runtime-deps:noble", "name its version")]
    [TestCase("USER 1654\n", "", "name a USER")]
    [TestCase("USER 1654", "USER root", "may do everything")]
    [TestCase("""ENTRYPOINT ["galaxynet"]""", "ENTRYPOINT galaxynet", "write a list")]
    [TestCase("""ENTRYPOINT ["galaxynet"]""", "", "give an ENTRYPOINT")]
    [TestCase("RUN ln ", "RUN apt-get update && \\\n    apt-get install -y mpich && ln ", "remove /var/lib/apt/lists")]
    public void EachRuleIsFoundBroken(string old, string replacement, string problem)
    {
        Assert.That(Text, Does.Contain(old));
        string broken = Text.Replace(old, replacement, StringComparison.Ordinal);
        Assert.That(DockerfileRules.ProblemsOf(broken).ToList(), Has.Count.EqualTo(1).And.One.Contains(problem));
    }

    /// <summary>The folders that the documents tell users to mount are those of the image.</summary>
    [Test]
    public void WhatIsMountedIsAVolume()
    {
        var mounted = Regex.Matches(MarkdownPage.Text("docs/installing.md"), @"-v \S+?:(?<folder>/\w+)""?\s");
        Assert.That(mounted, Is.Not.Empty);
        string volumes = Regex.Match(Text, "(?m)^VOLUME (.*)$").Groups[1].Value;
        foreach (string folder in mounted.Select(mount => mount.Groups["folder"].Value).Distinct())
            Assert.That(volumes, Does.Contain($"\"{folder}\""));
    }

    [Test]
    public void ItsLinterFindsNothing()
    {
        try
        {
            using var linter = Process.Start(new ProcessStartInfo("hadolint", [Repository.Path("Dockerfile")])
            {
                RedirectStandardOutput = true,
            })!;
            Assert.That(linter.StandardOutput.ReadToEnd(), Is.Empty);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("This machine has no hadolint.");
        }
    }
}
