using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>A link to a part of a document leads to a heading or an anchor that is there.</summary>
[TestFixture]
internal sealed partial class AnchorTests
{
    [TestCaseSource(typeof(MarkdownPage), nameof(MarkdownPage.All))]
    public void EveryLinkToAPartLeadsThere(string document)
    {
        string folder = Path.GetDirectoryName(Repository.Path(document))!;
        var broken =
            from link in Link().Matches(WithoutCode(MarkdownPage.Text(document)))
            let target = link.Groups["target"].Value
            let path = target.Length == 0 ? Repository.Path(document) : Path.GetFullPath(Path.Combine(folder, target))
            where !AnchorsOf(File.ReadAllText(path)).Contains(link.Groups["anchor"].Value)
            select link.Value;
        Assert.That(broken, Is.Empty);
    }

    [TestCase("# Why a tree?", "why-a-tree")]
    [TestCase("## `Conv2d` on [GPUs](gpu.md)", "conv2d-on-gpus")]
    [TestCase("- <a id=\"he-initialization\"></a>**He**", "he-initialization")]
    public void AnAnchorIsKnown(string text, string anchor) => Assert.That(AnchorsOf(text), Is.EqualTo([anchor]));

    [TestCase("[there](#nowhere)", ExpectedResult = 1)]
    [TestCase("[there](page.md#part)", ExpectedResult = 1)]
    [TestCase("[there](https://example.org/page.md#part)", ExpectedResult = 0)]
    [TestCase("[a line](Code.cs#L3)", ExpectedResult = 0)]
    public int ALinkToAPartIsSeen(string text) => Link().Count(text);

    /// <summary>Those of a document: of headings as GitHub makes them, and those that are written out.</summary>
    private static HashSet<string> AnchorsOf(string document) =>
    [
        .. from heading in Heading().Matches(WithoutCode(document.ReplaceLineEndings("\n")))
           let words = LinkText().Replace(heading.Groups["words"].Value, "${text}")
           select Punctuation().Replace(words.ToLowerInvariant(), "").Replace(' ', '-'),
        .. Written().Matches(document).Select(anchor => anchor.Groups["anchor"].Value),
    ];

    private static string WithoutCode(string document) => Fence().Replace(document, "");

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)#:\s]*(\.md)?)#(?!L\d)(?<anchor>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?ms)^ *```.*?^ *```$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?m)^#+ (?<words>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("<a id=\"(?<anchor>[^\"]+)\"></a>")]
    private static partial Regex Written();
}
