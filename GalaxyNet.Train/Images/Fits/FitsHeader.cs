using System.Text;

namespace GalaxyNet.Train;

/// <summary>The header of one unit of a FITS file: cards of 80 characters, in blocks of 2,880 bytes.</summary>
/// <remarks>Format: https://fits.gsfc.nasa.gov/fits_standard.html, version 4.0, sections 3 and 4.</remarks>
internal sealed class FitsHeader
{
    /// <summary>Header and data of a unit are filled up to a multiple of this.</summary>
    public const int BlockBytes = 2880;

    private const int CardBytes = 80;
    private const int KeywordBytes = 8;
    private const int ValueStart = 10;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private FitsHeader(ReadOnlySpan<byte> file, int start)
    {
        for (int card = start; card + CardBytes <= file.Length; card += CardBytes)
        {
            string text = Encoding.Latin1.GetString(file.Slice(card, CardBytes));
            string keyword = text[..KeywordBytes].TrimEnd();
            if (keyword == "END")
            {
                End = (int)Math.Min(file.Length, start + Filled(card + CardBytes - start));
                return;
            }
            if (text[KeywordBytes] == '=')
                values.TryAdd(keyword, ValueIn(text));
        }
        throw new InvalidDataException(ImageHeader.Truncated);
    }

    /// <summary>The first byte of the file after the header's last block.</summary>
    public int End { get; }

    /// <summary>Reads the header that starts at a byte of a file.</summary>
    /// <exception cref="InvalidDataException">It has no end.</exception>
    public static FitsHeader Read(ReadOnlySpan<byte> file, int start) => new(file, start);

    /// <summary>A number of bytes, filled up to whole blocks.</summary>
    public static long Filled(long bytes) => (bytes + BlockBytes - 1) / BlockBytes * BlockBytes;

    /// <summary>The text that a keyword stands for; null if there is no such card.</summary>
    public string? Text(string keyword) => values.GetValueOrDefault(keyword);

    /// <summary>True if a keyword's value is <c>T</c>.</summary>
    public bool IsTrue(string keyword) => Text(keyword) == "T";

    /// <summary>The whole number that a keyword stands for; null if there is no such card.</summary>
    /// <exception cref="InvalidDataException">The value is none.</exception>
    public long? Integer(string keyword)
    {
        if (Text(keyword) is not { } text)
            return null;
        return Train.Number.TryParse(text, out long number)
            ? number
            : throw new InvalidDataException($"has {keyword} = '{text}', which is no whole number: mend its header");
    }

    /// <summary>The number that a keyword stands for, whose exponent may be written with a D.</summary>
    /// <param name="keyword">The card's.</param>
    /// <param name="fallback">The number if there is no such card.</param>
    /// <exception cref="InvalidDataException">The value is none, or not finite.</exception>
    public double Number(string keyword, double fallback)
    {
        if (Text(keyword) is not { } text)
            return fallback;
        string usual = text.Replace('D', 'E').Replace('d', 'e');
        return Train.Number.TryParse(usual, out double number)
            ? number
            : throw new InvalidDataException($"has {keyword} = '{text}', which is no number: mend its header");
    }

    /// <summary>What stands between the equals sign and the comment: of a string, what is in quotes.</summary>
    private static string ValueIn(string card)
    {
        string value = card[ValueStart..].TrimStart();
        if (!value.StartsWith('\''))
            return value.Split('/')[0].Trim();
        var text = new StringBuilder();
        for (int i = 1; i < value.Length; i++)
        {
            if (value[i] == '\'' && (i + 1 == value.Length || value[++i] != '\'')) // two quotes stand for one
                break;
            text.Append(value[i]);
        }
        return text.ToString().TrimEnd();
    }
}
