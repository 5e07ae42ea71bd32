namespace GalaxyNet.Train;

/// <summary>What a message shows of a text that somebody else wrote, which may be as long as a file.</summary>
internal static class Shown
{
    private const int Most = 40;
    private const char NotShown = '\ufffd';

    /// <summary>The text as a single line: a name may have line breaks in it, and other control characters.</summary>
    public static string OnOneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? NotShown : letter));

    /// <summary>The text in quotes, cut off where it is long.</summary>
    public static string Of(string text) => text.Length <= Most ? $"'{text}'" : $"'{text[..Most]}...'";
}
