using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>What the program draws on a terminal, and does not draw elsewhere.</summary>
[TestFixture]
internal sealed class TerminalTests
{
    private const string Script = "/usr/bin/script";
    private const string Escape = "\u001b[";

    [Test]
    public void ATerminalShowsTheSpeedAndTheTimeLeft()
    {
        string screen = RunOnATerminal([]);
        Assert.That(screen, Does.Match(@"\d+ images/s \u001b\[[\d;]*m\d\d:\d\d:\d\d"));
    }

    [Test]
    public void ATerminalWithoutColorsStaysSo()
    {
        string screen = RunOnATerminal(new() { ["NO_COLOR"] = "1" });
        Assert.That(screen, Does.Match(@"\d+ images/s \d\d:\d\d:\d\d").And.Not.Match(@"\u001b\[[\d;]*m"));
    }

    [Test]
    public void AFileGetsOnlyTheLines()
    {
        using var folder = new TemporaryFolder();
        using var program = Process.Start(new ProcessStartInfo("dotnet", Preprocess(folder))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = program.StandardError.ReadToEndAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                program.StandardOutput.ReadToEnd(), Does.StartWith("10 images written").And.Not.Contain(Escape));
            Assert.That(error.Result, Is.Empty);
        });
    }

    [TestCase(40)]
    [TestCase(80)]
    public void LinesAreBrokenBetweenWords(int width)
    {
        RequireTerminal();
        string program = typeof(TrainProgram).Assembly.Location;
        string screen = RunOnATerminal(
            $"stty cols {width}; dotnet {program} baseline --data {DrawnGalaxies.Folder}", []).Screen;
        string[] lines = screen.ReplaceLineEndings("\n").Split('\n');
        int start = Array.FindIndex(lines, line => line.StartsWith("All three were fitted", StringComparison.Ordinal));
        var rest = lines[start..].Where(line => line.Length > 0).ToList();
        Assert.That(rest, Has.All.Length.AtMost(width));
        Assert.That(
            string.Join(' ', rest),
            Does.Contain("those of the notebook's split with this --seed. The notebook's figures were measured on"));
    }

    [Test]
    public void ACommandToCopyIsNotBroken()
    {
        string command = ProgramName.Command("train --resume --data a --out b");
        string line = TerminalLine.Of($"Interrupted after epoch 1, which is kept; continue with: {command}", 40);
        Assert.That(line, Does.StartWith("Interrupted after epoch 1, which is\nkept; "));
        Assert.That(line, Does.EndWith(" train --resume --data a --out b"));
        Assert.That(line.Split('\n')[^1], Does.StartWith("dotnet "));
    }

    [Test]
    public void ANameCannotChangeTheTerminal() =>
        Assert.That(
            TerminalLine.Of("a\u001b[2Jb\u0007.jpg: is empty\nnext", width: null),
            Is.EqualTo("a\ufffd[2Jb\ufffd.jpg: is empty\nnext"));

    [Test]
    public void ATableKeepsItsColumns() =>
        Assert.That(TerminalLine.Of("epoch 1/2  loss 0.1  test RMSE 0.2", 20), Does.Not.Contain('\n'));

    /// <summary>Runs the program on a terminal that <c>script</c> makes, and returns what appeared there.</summary>
    private static string RunOnATerminal(Dictionary<string, string> environment)
    {
        RequireTerminal();
        using var folder = new TemporaryFolder();
        return RunOnATerminal("dotnet " + string.Join(' ', Preprocess(folder)), environment).Screen;
    }

    private static void RequireTerminal()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Script))
            Assert.Ignore($"This needs {Script}, of util-linux.");
        if (RunOnATerminal("test -t 1", []).ExitCode != 0)
            Assert.Ignore($"{Script} cannot make a terminal here.");
    }

    private static (string Screen, int ExitCode) RunOnATerminal(string command, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Script, ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var terminal = Process.Start(start)!;
        string screen = terminal.StandardOutput.ReadToEnd();
        terminal.WaitForExit();
        return (screen, terminal.ExitCode);
    }

    private static string[] Preprocess(TemporaryFolder folder)
    {
        string program = typeof(TrainProgram).Assembly.Location;
        return [program, "preprocess", "--data", DrawnGalaxies.Folder, "--out", folder.Path("out")];
    }
}
