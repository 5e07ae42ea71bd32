using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Kernels;

/// <summary>
/// The PTX of a kernel, with names that say what they belong to: ILGPU calls the entries of all tiles the same, and
/// numbers names through all that a process compiles.
/// </summary>
internal static partial class PtxText
{
    /// <summary>The entry's name in PTX, such as <c>Kernel_conv2d_Forward_96x128</c>: what a profiler shows.</summary>
    /// <param name="name">See <see cref="KernelName"/>.</param>
    public static string EntryOf(string name) => $"{EntryPrefix}{EntrySuffixOf(name)}";

    /// <summary>The part of <see cref="EntryOf"/> that ILGPU puts its own prefix before.</summary>
    public static string EntrySuffixOf(string name) => NoWords().Replace(name, "_");

    /// <summary>Names the entry, and numbers all other names in the order in which they appear.</summary>
    public static string Normalize(string ptx, string name)
    {
        var numbers = new Dictionary<string, int>();
        string numbered = NumberedNames().Replace(ptx, match =>
        {
            string number = match.Groups[2].Value;
            if (!numbers.TryGetValue(number, out int position))
                numbers.Add(number, position = numbers.Count);
            return match.Groups[1].Value + position.ToString(CultureInfo.InvariantCulture);
        });
        return EntryLine().Replace(numbered, match => match.Groups[1].Value + EntryOf(name));
    }

    /// <summary>Gives each instruction a line: ILGPU leaves inline text as it is.</summary>
    public static string LineByLine(string ptx) => BetweenInstructions().Replace(ptx, ";\n\t");

    /// <summary>Whether launches say how much shared memory there is.</summary>
    public static bool HasDynamicSharedMemory(string ptx) =>
        ptx.Contains(".extern .shared ", StringComparison.Ordinal);

    private const string EntryPrefix = "Kernel_";

    [GeneratedRegex(@"\W")]
    private static partial Regex NoWords();

    // Parameters (_bias_42), labels (L_4200), functions (Sum_17). The target (sm_80) is no name.
    [GeneratedRegex(@"(?<![\w.%$])(?!sm_)([A-Za-z_]\w*?_)(\d+)\b")]
    private static partial Regex NumberedNames();

    // A comment may follow on the line of the last.
    [GeneratedRegex(@";[ \t]+(?=[^/\s])")]
    private static partial Regex BetweenInstructions();

    [GeneratedRegex(@"(\.visible \.entry )\w+")]
    private static partial Regex EntryLine();
}
