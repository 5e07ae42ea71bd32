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

    /// <summary>True if the page links to lines of code: <see cref="LinkTests"/> sees that they are right.</summary>
    public bool LinksToLines => File.ReadAllText(Path).Contains(".cs#L", StringComparison.Ordinal);

    /// <summary>The lines of the reference that the page quotes.</summary>
    public IReadOnlyList<string> Quotes => Blocks("csharp");

    /// <summary>The file of the reference, such as <c>Operations/MaxPool2d/MaxPool2dReference.cs</c>.</summary>
    public string ReferencePath => Directory
        .GetFiles(Repository.Path("GalaxyNet.Kernels", "Operations"), "*Reference.cs", SearchOption.AllDirectories)
        .Single(path => OperationOf(System.IO.Path.GetFileName(path)) == $"{Name}_reference.cs");

    /// <summary>True if the page quotes the reference, and then links to it before any other code.</summary>
    public bool QuotesReference
    {
        get
        {
            string text = File.ReadAllText(Path);
            var link = LinkToCode().Match(text);
            int quote = text.IndexOf("```csharp", StringComparison.Ordinal);
            return quote >= 0 && link.Index > quote
                && link.Groups["file"].Value == System.IO.Path.GetFileName(ReferencePath);
        }
    }

    /// <summary>The operation of a class, such as <c>max_pool2d</c> of MaxPool2d.</summary>
    public static string OperationOf(string name) => CapitalWithin().Replace(name, "_$0").ToLowerInvariant();

    /// <summary>What stands in the page's fenced blocks of one kind, such as <c>example</c>.</summary>
    public IReadOnlyList<string> Blocks(string kind) =>
        [.. MarkdownPage.Blocks(kind, System.IO.Path.GetRelativePath(Repository.Path(), Path))];

    /// <summary>The cells of the tables whose heading begins so, row by row, without the heading.</summary>
    public IReadOnlyList<string[]> Rows(string heading)
    {
        string[] lines = File.ReadAllLines(Path);
        return
        [
            .. from start in Enumerable.Range(0, lines.Length)
               where lines[start].StartsWith($"| {heading} |", StringComparison.Ordinal)
               from line in lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|'))
               select line.Trim('|').Split('|', StringSplitOptions.TrimEntries),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex CapitalWithin();

    [GeneratedRegex(@"\]\(([^)]*/)?(?<file>\w+\.cs)")]
    private static partial Regex LinkToCode();

    [GeneratedRegex(@"^\d\d-(?<name>.+)\.md$")]
    private static partial Regex Numbered();
}
