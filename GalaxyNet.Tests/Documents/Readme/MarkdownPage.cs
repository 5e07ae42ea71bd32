using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The documents of the repository.</summary>
internal static partial class MarkdownPage
{
    public const string Readme = "README.md";

    /// <summary>The paths of all of them from the root, with slashes.</summary>
    public static IEnumerable<string> All =>
        Directory.GetFiles(Repository.Path(), "*.md")
            .Concat(Directory.GetDirectories(Repository.Path()).Where(IsOfTheRepository).SelectMany(FilesBelow))
            .Select(path => Path.GetRelativePath(Repository.Path(), path).Replace('\\', '/'));

    /// <summary>The text of a page.</summary>
    public static string Text(string page) =>
        File.ReadAllText(Repository.Path(page.Split('/'))).ReplaceLineEndings("\n");

    /// <summary>The text of each block of code in a language; blocks may be indented.</summary>
    public static IEnumerable<string> Blocks(string language, string page = Readme) =>
        Regex.Matches(Text(page), $@"(?ms)^ *```{language}\n(?<code>.*?)^ *```$")
            .Select(block => block.Groups["code"].Value);

    /// <summary>The lines to type into a shell, without their comments.</summary>
    public static IEnumerable<string> ShellLines(string page) =>
        Blocks("(sh|bash|shell|console)", page).SelectMany(block => block.Split('\n'))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0);

    private static bool IsOfTheRepository(string folder) => !Path.GetFileName(folder).StartsWith('.');

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)
            .Where(path => !BuildOutput().IsMatch(path));

    [GeneratedRegex(@"[\\/](bin|obj|artifacts)[\\/]")]
    private static partial Regex BuildOutput();
}
