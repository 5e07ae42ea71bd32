using System.ComponentModel;
using System.Diagnostics;

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
    [TestCase("gradcheck --break ", "list", "dense", "conv2d:filter-not-flipped")]
    [TestCase("gradcheck --break conv2d:f", "conv2d:filter-not-flipped")]
    [TestCase("completion ", "bash", "fish", "zsh")]
    public void TheProgramSaysWhatMayFollow(string typed, params string[] expected)
    {
        string[] offered = ProgramRun.Good($"[suggest:{typed.Length}]", typed).Output.Split(Environment.NewLine);
        Assert.That(offered, Is.SupersetOf(expected));
    }

    // What bash sets when Tab is pressed before " --seed 1".
    [TestCase("galaxynet", "train --sch", "--schedule")]
    [TestCase("GalaxyNet.Benchmarks", "kernels --sh", "--short")]
    public void BashAsksTheProgram(string program, string typed, string expected) => Assert.That(
        InShell("bash", program, $$"""
            COMP_LINE='{{program}} {{typed}} --seed 1'; COMP_POINT={{program.Length + 1 + typed.Length}}
            COMP_WORDS=({{program}} {{typed}} --seed 1)
            _{{program.Replace('.', '_')}}
            echo "${COMPREPLY[@]}"
            """),
        Is.EqualTo(expected));

    // Bash takes a word apart at a colon, and puts what is offered in place of what follows it.
    [Test]
    public void BashIsOfferedWhatComesAfterAColon() => Assert.That(
        InShell("bash", "galaxynet", """
            COMP_LINE='galaxynet gradcheck --break conv2d:f'; COMP_POINT=${#COMP_LINE}
            COMP_WORDS=(galaxynet gradcheck --break conv2d : f)
            _galaxynet
            echo "${COMPREPLY[@]}"
            """),
        Is.EqualTo("filter-not-flipped"));

    // What zsh sets, and what its completion would have defined.
    [TestCase("galaxynet", "train --sch", "--schedule")]
    [TestCase("galaxynet", "completion z", "zsh")]
    [TestCase("galaxynet", "gradcheck --break conv2d:f", "conv2d:filter-not-flipped")]
    [TestCase("GalaxyNet.Benchmarks", "lad", "ladder")]
    public void ZshAsksTheProgram(string program, string typed, string expected) => Assert.That(
        InShell("zsh", program, $$"""
            words=({{program}} {{typed}}); CURRENT=$#words; PREFIX=$words[-1]
            compadd() { shift; echo $@ }
            _{{program.Replace('.', '_')}}
            """, before: "compdef() { }"),
        Is.EqualTo(expected));

    [TestCase("galaxynet", "train --sch", "--schedule")]
    [TestCase("galaxynet", "completion z", "zsh")]
    [TestCase("galaxynet", "gradcheck --break conv2d:f", "conv2d:filter-not-flipped")]
    [TestCase("GalaxyNet.Benchmarks", "lad", "ladder")]
    public void FishAsksTheProgram(string program, string typed, string expected) => Assert.That(
        InShell("fish", program, $"complete --do-complete '{program} {typed}'"), Is.EqualTo(expected));

    [Test]
    public void AShellThatThereIsNoScriptForIsRefused() =>
        ProgramRun.Of("completion", "cmd").AssertRefused(2, "cmd", "'bash'", "'zsh'", "'fish'");

    /// <summary>Runs a script in a shell that has taken the program's completion.</summary>
    private static string InShell(string shell, string program, string script, string before = "")
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The shells want paths of Unix.");
        var main = program == "galaxynet" ? typeof(TrainProgram) : typeof(BenchmarkProgram);
        string function = shell == "fish"
            ? $"function {program}; dotnet '{main.Assembly.Location}' $argv; end"
            : $"{program}() {{ dotnet '{main.Assembly.Location}' \"$@\"; }}";
        var completion = new StringWriter();
        Assert.That(Run(main, ["completion", shell], completion), Is.Zero);
        var start = new ProcessStartInfo(shell, ["-c", string.Join('\n', function, before, completion, script)])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"This machine has no {shell}.");
            throw;
        }
    }

    private static int Run(Type main, string[] arguments, StringWriter output) => main == typeof(TrainProgram)
        ? TrainProgram.Run(arguments, output, TextWriter.Null)
        : BenchmarkProgram.Run(arguments, output, TextWriter.Null);
}
