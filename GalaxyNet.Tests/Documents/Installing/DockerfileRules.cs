using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>What a Dockerfile does that its image's users would regret.</summary>
internal static partial class DockerfileRules
{
    /// <summary>What is wrong with a Dockerfile, by its text.</summary>
    public static IEnumerable<string> ProblemsOf(string text)
    {
        string instructions = Continuation().Replace(Comment().Replace(text, ""), " ");
        foreach (Match argument in Argument().Matches(instructions))
            instructions = instructions.Replace($"${{{argument.Groups["name"]}}}", argument.Groups["value"].Value);
        string[] lines = [.. instructions.Split('\n').Select(line => line.Trim())];
        var stages = lines.Select(line => Stage().Match(line)).Where(match => match.Success).ToList();
        var images = stages.Select(stage => stage.Groups["image"].Value);
        foreach (string image in images.Except(stages.Select(stage => stage.Groups["name"].Value)))
        {
            if (!Version().IsMatch(image))
                yield return $"{image} may be another image tomorrow: name its version";
        }
        string[] last = [.. lines[Array.FindLastIndex(lines, line => Stage().IsMatch(line))..]];
        if (last.LastOrDefault(line => line.StartsWith("USER ", StringComparison.Ordinal)) is not { } user)
            yield return "it runs as root: name a USER";
        else if (Root().IsMatch(user))
            yield return $"{user} may do everything: name another";
        foreach (string line in lines.Where(line => ThroughAShell().IsMatch(line)))
            yield return $"{line} is started by a shell, which keeps signals from it: write a list";
        foreach (string line in lines.Where(line => Installs().IsMatch(line) && !RemovesLists().IsMatch(line)))
            yield return $"{line} leaves the lists of packages in the image: remove /var/lib/apt/lists";
        if (!last.Any(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)))
            yield return "it does not say what to run: give an ENTRYPOINT";
    }

    [GeneratedRegex(@"(?m)^\s*#.*\n")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"(?m)^ARG (?<name>\w+)=(?<value>\S+)$")]
    private static partial Regex Argument();

    [GeneratedRegex(@"^FROM (?<image>\S+)( AS (?<name>\S+))?$")]
    private static partial Regex Stage();

    [GeneratedRegex(@":\d+\.\d+")]
    private static partial Regex Version();

    [GeneratedRegex(@"^USER (root|0)\b")]
    private static partial Regex Root();

    [GeneratedRegex(@"^(ENTRYPOINT|CMD) (?!\[)")]
    private static partial Regex ThroughAShell();

    [GeneratedRegex(@"^RUN .*apt-get install\b")]
    private static partial Regex Installs();

    [GeneratedRegex(@"rm -rf /var/lib/apt/lists")]
    private static partial Regex RemovesLists();
}
