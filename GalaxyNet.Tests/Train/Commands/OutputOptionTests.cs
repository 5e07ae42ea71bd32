using System.CommandLine;

namespace GalaxyNet.Tests;

/// <summary>Every output of every command is looked at before the work begins.</summary>
[TestFixture]
internal sealed class OutputOptionTests : IDisposable
{
    private const int UserError = 1;

    // What is neither a path nor chosen from a list.
    private static readonly string[] OtherText = ["--device", "--filter", "--freeze", "--show", "--python"];

    private readonly TemporaryFolder folder = new();

    private static IEnumerable<TestCaseData> Outputs => [.. OutputFiles, .. OutputFolders];

    private static IEnumerable<TestCaseData> OutputFiles => With(PathRole.OutputFile);

    private static IEnumerable<TestCaseData> OutputFolders => With(PathRole.OutputFolder);

    private static IEnumerable<TestCaseData> With(PathRole role) => CommandTree.Options
        .Where(each => (each.Option as IPathOption)?.Role == role)
        .Select(each => new TestCaseData(each.Command, each.Option)
            .SetArgDisplayNames(each.Command.Name, each.Option.Name));

    public void Dispose() => folder.Dispose();

    [Test]
    public void EveryTextIsAPathOrAChoiceOrKnownToBeNeither()
    {
        var texts = CommandTree.Options.Select(each => each.Option)
            .Where(option => option.ValueType == typeof(string) || option.ValueType == typeof(string[]))
            .Where(option => option is not IPathOption && !IsChoice(option) && !OtherText.Contains(option.Name));
        Assert.That(texts.Select(option => option.Name), Is.Empty);
    }

    [TestCaseSource(nameof(OutputFiles))]
    public void AFolderIsNoFile(Command command, Option option)
    {
        string taken = folder.Path("taken" + Ending(option));
        Directory.CreateDirectory(taken);
        AssertRefused(command, option, taken, "is a folder");
    }

    [TestCaseSource(nameof(OutputFiles))]
    public void TheEndingSaysTheFormat(Command command, Option option)
    {
        foreach (string name in new[] { "x", "x.xyz", $"x{Ending(option)}.gz", "x.exe" })
            AssertRefused(command, option, folder.Path(name), $"so its name must end in {Ending(option)}");
    }

    [TestCaseSource(nameof(OutputFolders))]
    public void AFileIsNoFolder(Command command, Option option) =>
        AssertRefused(command, option, folder.Write("file", ""), "is a file; give a folder");

    [TestCaseSource(nameof(Outputs))]
    public void AFileHoldsNoFiles(Command command, Option option) =>
        AssertRefused(
            command, option, Path.Combine(folder.Write("file", ""), "x" + Ending(option)), "There is no such folder");

    [TestCaseSource(nameof(Outputs))]
    public void ANameIsNoLongerThanASystemAllows(Command command, Option option) =>
        AssertRefused(command, option, folder.Path(new string('x', 300) + Ending(option)), "too long");

    [TestCaseSource(nameof(Outputs))]
    public void LinksInACircleLeadNowhere(Command command, Option option)
    {
        string path = folder.Path("circle" + Ending(option));
        File.Delete(path);
        File.CreateSymbolicLink(path, path);
        AssertRefused(command, option, path, "symbolic links");
    }

    [TestCaseSource(nameof(Outputs))]
    public void NothingIsWrittenWhereTheUserMayNotWrite(Command command, Option option)
    {
        string own = folder.Path("read-only");
        Directory.CreateDirectory(own);
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("This user may write everywhere.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertRefused(command, option, Path.Combine(own, "x" + Ending(option)), "Permission denied");
    }

    [TestCaseSource(nameof(Outputs))]
    public void NothingIsWrittenAmongTheImages(Command command, Option option)
    {
        if (!command.Options.OfType<IPathOption>().Any(other => other.Role is PathRole.Galaxies or PathRole.Images))
            Assert.Ignore("It reads no images.");
        string output = Path.Combine(DrawnGalaxies.Images, "x" + Ending(option));
        AssertRefused(command, option, output, "images_training_rev1", $"give another {option.Name}");
    }

    private static string Ending(Option option) => ((IPathOption)option).Endings is [var first, ..] ? first : "";

    private static bool IsChoice(Option option) => option.CompletionSources.Count > 0;

    /// <summary>Nothing that the command reads is there but galaxies: had it begun to work, it would say so.</summary>
    private static void AssertRefused(Command command, Option option, string path, params string[] parts)
    {
        var required = command.Options.Where(other => other.Required && other != option)
            .SelectMany(other => new[] { other.Name, Good((IPathOption)other) });
        var before = Directory.GetFileSystemEntries(DrawnGalaxies.Images);
        string[] arguments = [command.Name, .. required, option.Name, path];
        var error = new StringWriter();
        int exitCode = TrainProgram.CreateRoot(new Terminal(TextWriter.Null, error, default)).Subcommands
            .Any(each => each.Name == command.Name)
            ? TrainProgram.Run(arguments, TextWriter.Null, error)
            : BenchmarkProgram.Run(arguments, TextWriter.Null, error);
        new ProgramRun(exitCode, "", error.ToString()).AssertRefused(UserError, [path, .. parts]);
        Assert.That(Directory.GetFileSystemEntries(DrawnGalaxies.Images), Is.EqualTo(before));
    }

    private static string Good(IPathOption option) => option.Role switch
    {
        PathRole.Galaxies => DrawnGalaxies.Folder,
        PathRole.Images => DrawnGalaxies.Images,
        _ => Path.Combine(Path.GetTempPath(), "galaxynet-not-there" + string.Join("", option.Endings.Take(1))),
    };
}
