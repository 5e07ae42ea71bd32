namespace GalaxyNet.Tests;

/// <summary>Commands that the program shows can be pasted into a shell.</summary>
[TestFixture]
internal sealed class ShellWordTests
{
    [TestCase("runs/1", "runs/1", "runs/1")]
    [TestCase("my run", "'my run'", "\"my run\"")]
    [TestCase("it's", "'it'\\''s'", "\"it's\"")]
    [TestCase(@"runs\1", @"'runs\1'", @"runs\1")]
    [TestCase("", "''", "\"\"")]
    public void AWordIsQuotedAsTheSystemsShellReadsIt(string word, string onUnix, string onWindows) =>
        Assert.That(ShellWord.Of(word), Is.EqualTo(OperatingSystem.IsWindows() ? onWindows : onUnix));
}
