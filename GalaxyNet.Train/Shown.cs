namespace GalaxyNet.Train;

/// <summary>What a message shows of a text that somebody else wrote, which may be as long as a file.</summary>
internal static class Shown
{
    private const int Most = 40;

    /// <summary>The text in quotes, cut off where it is long.</summary>
    public static string Of(string text) => text.Length <= Most ? $"'{text}'" : $"'{text[..Most]}...'";
}
