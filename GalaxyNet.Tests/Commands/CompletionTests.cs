using System.Diagnostics;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>What a shell offers after the Tab key.</summary>
[TestFixture]
internal sealed class CompletionTests
{
    [TestCase("", "train", "evaluate", "--help")]
    [TestCase("tr", "train")]
    [TestCase("train --sch", "--schedule")]
    [TestCase("train --schedule ", "constant", "cosine")]
    [TestCase("train --data galaxyzoo --device c", "cpu", "cuda")]
    public void TheProgramSaysWhatMayFollow(string typed, params string[] expected)
    {
        string[] offered = ProgramRun.Good($"[suggest:{typed.Length}]", typed).Output.Split(Environment.NewLine);
        Assert.That(offered, Is.SupersetOf(expected));
    }

    [Test]
    public void BashAsksTheProgram()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("This needs a bash of version 4 or later.");
        // What bash sets when Tab is pressed after "galaxynet train --sch".
        string script = $$"""
            galaxynet() { dotnet '{{typeof(TrainProgram).Assembly.Location}}' "$@"; }
            source '{{Repository.Path("GalaxyNet.Train", "completion.bash")}}'
            COMP_LINE='galaxynet train --sch --seed 1'; COMP_POINT=21; COMP_WORDS=(galaxynet train --sch --seed 1)
            _galaxynet
            echo "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        Assert.That(bash.StandardOutput.ReadToEnd().Trim(), Is.EqualTo("--schedule"));
    }
}
