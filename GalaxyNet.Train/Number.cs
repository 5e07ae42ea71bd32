using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

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

    /// <summary>Reads a finite number.</summary>
    /// <param name="text">Its digits, with nothing before or after them.</param>
    /// <param name="number">The number; for a type of whole numbers it must be one, and written as such.</param>
    /// <returns>False if it is none, or its type holds none so large or so close to 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a table has millions of them, and is read once
    public static bool TryParse<T>(ReadOnlySpan<char> text, out T number)
        where T : struct, INumber<T>
    {
        number = default;
        var style = IsWhole<T>() ? NumberStyles.AllowLeadingSign : Style;
        return !text.EndsWith('\0') // which .NET passes over
            && T.TryParse(text, style, CultureInfo.InvariantCulture, out number)
            && T.IsFinite(number)
            && (number != T.Zero || IsZero(text));
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

    /// <summary>True if a number that became 0 was 0 as it was written.</summary>
    private static bool IsZero(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (letter is 'e' or 'E')
                break;
            if (letter is >= '1' and <= '9')
                return false;
        }
        return true;
    }
}
