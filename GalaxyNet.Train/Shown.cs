namespace GalaxyNet.Train;

/// <summary>What a message shows of a text that somebody else wrote, which may be as long as a file.</summary>
internal static class Shown
{
    private const int Most = 40;
    private const char NotShown = '\ufffd';

    /// <summary>The text as a single line: a name may have line breaks in it, and other control characters.</summary>
    public static string OnOneLine(string text) => WithoutControls(text, allowed: "");

    /// <summary>The text with a mark for control characters, which change a terminal or break a page.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowed">Those that stay.</param>
    public static string WithoutControls(string text, string allowed) => string.Concat(
        text.Select(letter => !char.IsControl(letter) || allowed.Contains(letter) ? letter : NotShown));

    /// <summary>The text in quotes, cut off where it is long.</summary>
    public static string Of(string text) => text.Length <= Most ? $"'{text}'" : $"'{text[..Most]}...'";
}
