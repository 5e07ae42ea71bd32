namespace GalaxyNet.Train;

/// <summary>Which name somebody may have meant.</summary>
internal static class NearestName
{
    private const int LongName = 5; // letters, of which two may be wrong; of a shorter one only one

    /// <summary>The name that takes the fewest edits, whatever the case.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="names">The names that there are; one at least.</param>
    public static string Of(string written, IEnumerable<string> names) =>
        names.MinBy(name => Edits(written.ToUpperInvariant(), name.ToUpperInvariant()))!;

    /// <summary>The same, if few letters are wrong; null if there is none, or nothing is wrong.</summary>
    public static string? Near(string written, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Contains(written))
            return null;
        string nearest = Of(written, names);
        int letters = nearest.Count(char.IsAsciiLetter);
        int edits = Edits(written.ToUpperInvariant(), nearest.ToUpperInvariant());
        return edits <= (letters < LongName ? 1 : 2) ? nearest : null;
    }

    /// <summary>Letters to insert, remove or replace (Levenshtein's distance).</summary>
    private static int Edits(string from, string to)
    {
        int[] above = [.. Enumerable.Range(0, to.Length + 1)];
        foreach (char letter in from)
        {
            int diagonal = above[0]++;
            for (int i = 1; i <= to.Length; i++)
            {
                int replaced = diagonal + (letter == to[i - 1] ? 0 : 1);
                diagonal = above[i];
                above[i] = Math.Min(replaced, 1 + Math.Min(above[i], above[i - 1]));
            }
        }
        return above[^1];
    }
}
