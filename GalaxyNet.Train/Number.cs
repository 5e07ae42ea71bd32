using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace GalaxyNet.Train;

/// <summary>Reads numbers, whoever wrote them: options, tables and headers all come here.</summary>
/// <remarks>
/// A number is written the same in every country: a point, no separators of thousands. A comma is refused, for one who
/// writes 0,001 does not mean a thousand times as much.
/// </remarks>
internal static class Number
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // So neither spaces nor the words for infinity and for what is no number.
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789+-.eE");
    private static readonly SearchValues<char> NotZero = SearchValues.Create("123456789");

    /// <summary>Reads a finite number.</summary>
    /// <param name="text">Its digits, with nothing before or after them.</param>
    /// <param name="number">The number; for a type of whole numbers it must be one, and written as such.</param>
    /// <returns>False if it is none, or its type holds none so large or so close to 0.</returns>
    public static bool TryParse<T>(ReadOnlySpan<char> text, out T number)
        where T : struct, INumber<T>
    {
        number = default;
        var style = IsWhole<T>() ? NumberStyles.AllowLeadingSign : Style;
        return !text.ContainsAnyExcept(Characters)
            && T.TryParse(text, style, CultureInfo.InvariantCulture, out number)
            && T.IsFinite(number)
            && (number != T.Zero || !text[..MantissaLength(text)].ContainsAny(NotZero));
    }

    /// <summary>Reads a whole number, which may be written with zeros behind a point: <c>100008.0</c>.</summary>
    /// <returns>False if it is none, or too large for its type.</returns>
    public static bool TryParseWhole(ReadOnlySpan<char> text, out long number)
    {
        int point = text.IndexOf('.');
        bool hasOnlyZeros = point >= 0 && !text[(point + 1)..].ContainsAnyExcept('0');
        return TryParse(hasOnlyZeros ? text[..point] : text, out number);
    }

    /// <summary>True of a type of whole numbers, of which a half is 0.</summary>
    public static bool IsWhole<T>()
        where T : struct, INumber<T> => T.One / (T.One + T.One) == T.Zero;

    private static int MantissaLength(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOfAny('e', 'E');
        return exponent < 0 ? text.Length : exponent;
    }
}
