namespace GalaxyNet.Tests;

/// <summary>What a hint tells the user to type depends on how the program was started.</summary>
[TestFixture]
internal sealed class ProgramNameTests
{
    [Test]
    public void AFileThatTheShellFindsHasItsName()
    {
        using var folder = new TemporaryFolder();
        string program = folder.Write("galaxynet", "");
        Assert.That(ProgramName.Of(program, SearchPath("/nowhere", folder.Root)), Is.EqualTo("galaxynet"));
    }

    [Test]
    public void AFileThatTheShellDoesNotFindHasItsPath()
    {
        using var folder = new TemporaryFolder();
        string program = folder.Write("galaxynet", "");
        Assert.That(ProgramName.Of(program, "/nowhere"), Is.EqualTo(program));
    }

    [Test]
    public void AnotherFileOfThatNameIsNotMeant()
    {
        using var folder = new TemporaryFolder();
        using var first = new TemporaryFolder();
        string program = folder.Write("galaxynet", "");
        first.Write("galaxynet", "");
        Assert.That(ProgramName.Of(program, SearchPath(first.Root, folder.Root)), Is.EqualTo(program));
    }

    [Test]
    public void ALinkMayLeadToIt()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Links need rights of their own on Windows.");
        using var folder = new TemporaryFolder();
        using var links = new TemporaryFolder();
        string program = folder.Write("galaxynet", "");
        File.CreateSymbolicLink(links.Path("galaxynet"), program);
        Assert.That(ProgramName.Of(program, links.Root), Is.EqualTo("galaxynet"));
    }

    [Test]
    public void ALibraryIsStartedByDotnet()
    {
        string[] words = ProgramName.Of("/usr/share/dotnet/dotnet", "/usr/share/dotnet").Split(' ', 2);
        Assert.That(words[0], Is.EqualTo("dotnet"));
        Assert.That(Path.GetFullPath(words[1]), Is.EqualTo(typeof(TrainProgram).Assembly.Location));
    }

    private static string SearchPath(params string[] folders) => string.Join(Path.PathSeparator, folders);
}
