using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>A page of the study guide, <c>docs/NN-name.md</c>.</summary>
internal sealed partial record StudyPage(string Path)
{
    /// <summary>All pages, in order.</summary>
    public static IReadOnlyList<StudyPage> All { get; } =
    [
        .. Directory.GetFiles(Repository.Path("docs"), "*.md")
            .Where(path => Numbered().IsMatch(System.IO.Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => new StudyPage(path)),
    ];

    /// <summary>What the page is about: <c>conv2d</c>.</summary>
    public string Name => Numbered().Match(System.IO.Path.GetFileName(Path)).Groups["name"].Value;

    /// <summary>True if the page links to lines of the code, which <see cref="LinkTests"/> holds to what they name.</summary>
    public bool LinksToLines => File.ReadAllText(Path).Contains(".cs#L", StringComparison.Ordinal);

    /// <summary>What stands in the page's fenced blocks of one kind, such as <c>example</c>.</summary>
    public IReadOnlyList<string> Blocks(string kind) =>
        [.. MarkdownPage.Blocks(kind, System.IO.Path.GetRelativePath(Repository.Path(), Path))];

    /// <inheritdoc/>
    public override string ToString() => Name;

    [GeneratedRegex(@"^\d\d-(?<name>.+)\.md$")]
    private static partial Regex Numbered();
}
