using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The README at the root of the repository, and what the packages show in its place.</summary>
internal static class ReadmePage
{
    private const string Readme = "README.md";

    /// <summary>The text of each block of code in a language; blocks may be indented.</summary>
    public static IEnumerable<string> Blocks(string language, string page = Readme) =>
        Regex.Matches(Text(page), $@"^ *```{language}\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(block => block.Groups["code"].Value);

    /// <summary>The lines to type into a shell, without their comments.</summary>
    public static IEnumerable<string> ShellLines =>
        Blocks("sh").SelectMany(block => block.Split('\n'))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0);

    private static string Text(string page) =>
        File.ReadAllText(Repository.Path(page.Split('/'))).ReplaceLineEndings("\n");
}
