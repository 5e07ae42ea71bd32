using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Works out what stands on paper: numbers, + - * /, brackets, <c>sqrt(x)</c> and <c>exp(x)</c>.</summary>
internal ref struct Arithmetic
{
    private ReadOnlySpan<char> rest;

    private Arithmetic(ReadOnlySpan<char> text) => rest = text;

    /// <summary>The value of an expression.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Evaluate(string expression)
    {
        var arithmetic = new Arithmetic(expression);
        double value = arithmetic.Sum();
        return arithmetic.rest.Trim().IsEmpty
            ? value
            : throw new FormatException($"'{arithmetic.rest}' is not understood in: {expression}");
    }

    private double Sum()
    {
        double sum = Product();
        while (true)
        {
            if (Take("+"))
                sum += Product();
            else if (Take("-"))
                sum -= Product();
            else
                return sum;
        }
    }

    private double Product()
    {
        double product = Factor();
        while (true)
        {
            if (Take("*"))
                product *= Factor();
            else if (Take("/"))
                product /= Factor();
            else
                return product;
        }
    }

    private double Factor()
    {
        if (Take("-"))
            return -Factor();
        if (Take("sqrt("))
            return Math.Sqrt(ToBracket());
        if (Take("exp("))
            return Math.Exp(ToBracket());
        return Take("(") ? ToBracket() : Number();
    }

    private double ToBracket()
    {
        double value = Sum();
        return Take(")") ? value : throw new FormatException($"A bracket is missing before '{rest}'.");
    }

    private double Number()
    {
        rest = rest.TrimStart();
        int length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] == '.'))
            length++;
        double number = double.Parse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        rest = rest[length..];
        return number;
    }

    private bool Take(string token)
    {
        rest = rest.TrimStart();
        if (!rest.StartsWith(token, StringComparison.Ordinal))
            return false;
        rest = rest[token.Length..];
        return true;
    }
}
