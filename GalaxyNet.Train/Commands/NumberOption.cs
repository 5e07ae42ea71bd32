using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GalaxyNet.Train;

/// <summary>An option whose value is a number: all of them are read in this way, by <see cref="Number"/>.</summary>
internal sealed class NumberOption<T> : Option<T>
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    private readonly List<(Predicate<T> IsGood, string Words)> limits = [];
    private bool hasMost;

    /// <summary>Declares the option.</summary>
    public NumberOption(string name)
        : base(name) => CustomParser = Parse;

    private string Allowed
    {
        get
        {
            string kind = Number.IsWhole<T>() ? "a whole number" : "a number like 0.001, with a point and no comma";
            var words = limits.Select(limit => limit.Words).Prepend(kind);
            return string.Join(", ", hasMost ? words : words.Append($"at most {Text(T.MaxValue)}"));
        }
    }

    /// <summary>Refuses numbers below a limit.</summary>
    public NumberOption<T> AtLeast(T least) => Require(value => value >= least, $"at least {Text(least)}");

    /// <summary>Refuses numbers that reach a limit.</summary>
    public NumberOption<T> Below(T limit) => RequireMost(value => value < limit, $"less than {Text(limit)}");

    /// <summary>Refuses numbers above a limit.</summary>
    public NumberOption<T> AtMost(T most) => RequireMost(value => value <= most, $"at most {Text(most)}");

    /// <summary>Refuses all numbers but some.</summary>
    public NumberOption<T> OneOf(params T[] numbers)
    {
        string[] texts = [.. numbers.Order().Select(Text)];
        HelpName = string.Join('|', texts);
        CompletionSources.Add(texts);
        return RequireMost(numbers.Contains, $"one of {string.Join(", ", texts)}");
    }

    /// <summary>The number that was given; null if none was.</summary>
    public T? Given(ParseResult result) =>
        result.GetResult(this) is { Implicit: false } ? result.GetValue(this) : null;

    private NumberOption<T> RequireMost(Predicate<T> isGood, string words)
    {
        hasMost = true;
        return Require(isGood, words);
    }

    private NumberOption<T> Require(Predicate<T> isGood, string words)
    {
        limits.Add((isGood, words));
        return this;
    }

    private T Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Number.TryParse(text, out T number) || !limits.TrueForAll(limit => limit.IsGood(number)))
            result.AddError($"{Name} {Shown.Of(text)} must be {Allowed}.");
        return number;
    }

    private static string Text(T number) => number.ToString(null, CultureInfo.InvariantCulture);
}
