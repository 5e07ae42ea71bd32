using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>A place on a picture: x to the right, y downward.</summary>
internal readonly record struct Place(double X, double Y)
{
    public static Place operator +(Place place, (double X, double Y) step) => new(place.X + step.X, place.Y + step.Y);
}

/// <summary>
/// The parts of a picture, as SVG. What kind a part is tells how it looks: classes of <see cref="IllustrationStyle"/>.
/// </summary>
internal static class Marks
{
    private const double HeadLength = 11;
    private const double HeadWidth = 9;
    private const double IndexDrop = 4; // of a subscript, below the line of text

    /// <summary>A line of text, whose baseline begins at a place; or has its middle or its end there.</summary>
    public static Html Text(Place at, Html text, string kind = "") =>
        Html.Of($"""<text{Class(kind)} x="{at.X:F1}" y="{at.Y:F1}">{text}</text>""");

    /// <summary>A line of plain text.</summary>
    public static Html Text(Place at, string text, string kind = "") => Text(at, Html.Of($"{text}"), kind);

    /// <summary>A symbol, in italics, with a subscript or without one.</summary>
    public static Html Symbol(string letter, string index = "")
    {
        var symbol = Html.Of($"""<tspan class="symbol">{letter}</tspan>""");
        // The next letter, which nobody sees, goes up again.
        return index.Length == 0 ? symbol : Html.Of(
            $"""
            {symbol}<tspan class="symbol index" dy="{IndexDrop}">{index}</tspan><tspan dy="-{IndexDrop}">&#8203;</tspan>
            """);
    }

    /// <summary>A number with a true minus, and with no more digits behind the point than it needs.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">The most digits behind the point.</param>
    public static string Number(double value, int digits = 2) => Math.Round(value, digits)
        .ToString("0." + new string('#', digits), CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>A rectangle, given by its upper left corner.</summary>
    public static Html Rectangle(Place corner, double width, double height, string kind, double round = 0) => Html.Of(
        $"""
        <rect{Class(kind)} x="{corner.X:F1}" y="{corner.Y:F1}" width="{width:F1}" height="{height:F1}" rx="{round}"/>
        """);

    /// <summary>A circle.</summary>
    public static Html Circle(Place center, double radius, string kind) =>
        Html.Of($"""<circle{Class(kind)} cx="{center.X:F1}" cy="{center.Y:F1}" r="{radius:F1}"/>""");

    /// <summary>A line through all places.</summary>
    public static Html Line(string kind, params IEnumerable<Place> places) =>
        Html.Of($"""<polyline{Class(kind)} points="{string.Join(' ', places.Select(Pair))}"/>""");

    /// <summary>A straight line with a head at its end.</summary>
    public static Html Arrow(Place start, Place end, string kind = "line")
    {
        double length = Math.Sqrt(Math.Pow(end.X - start.X, 2) + Math.Pow(end.Y - start.Y, 2));
        var (x, y) = ((end.X - start.X) / length, (end.Y - start.Y) / length);
        var neck = end + (-x * HeadLength, -y * HeadLength);
        var (aside, along) = (-y * HeadWidth / 2, x * HeadWidth / 2);
        string head = kind is "first" or "second" ? $"head-{kind}" : "head";
        return Html.Of(
            $"""
            {Line(kind, start, neck)}
            <polygon class="{head}" points="{Pair(end)} {Pair(neck + (aside, along))} {Pair(neck + (-aside, -along))}"/>
            """);
    }

    private static Html Class(string kind) => kind.Length == 0 ? default : Html.Of($" class=\"{kind}\"");

    private static string Pair(Place place) => FormattableString.Invariant($"{place.X:F1},{place.Y:F1}");
}
