namespace GalaxyNet.Train;

/// <summary>A number that goes forward through a network, and the gradient that comes back to it.</summary>
internal readonly record struct ValueAndGradient(double Value, double Gradient)
{
    private const double BoxWidth = 108;
    private const double BoxHeight = 52;
    private const double ChipWidth = 78;
    private const double ChipHeight = 42;
    private const double LineAbove = -6; // the baseline of the value, from the middle
    private const double LineBelow = 16; // that of the gradient
    private const int Digits = 4; // as on the page

    /// <summary>From the middle of a box to its upper and lower edge.</summary>
    public const double HalfBox = BoxHeight / 2;

    /// <summary>From the middle of a box to its left and right edge.</summary>
    public const double HalfBoxWidth = BoxWidth / 2;

    /// <summary>A box with a symbol and its value, and below it the gradient.</summary>
    public Html Box(Place center, Html symbol) => Html.Of(
        $"""
        {Marks.Rectangle(center + (-HalfBoxWidth, -HalfBox), BoxWidth, BoxHeight, "box", round: 6)}
        {Marks.Text(center + (0, LineAbove), Html.Of($"{symbol} = {Marks.Number(Value, Digits)}"), "middle full-first")}
        {Marks.Text(center + (0, LineBelow), Marks.Number(Gradient, Digits), "middle strong full-second")}
        """);

    /// <summary>Both on a line that passes below, for a weight.</summary>
    public Html Chip(Place center) => Html.Of(
        $"""
        {Marks.Rectangle(center + (-ChipWidth / 2, -ChipHeight / 2), ChipWidth, ChipHeight, "card", round: 6)}
        {Above(center + (0, -1))}
        """);

    /// <summary>The value above a horizontal line through a place, the gradient below it.</summary>
    public Html Above(Place center) => Html.Of(
        $"""
        {Marks.Text(center + (0, LineAbove), Marks.Number(Value, Digits), "middle full-first")}
        {Marks.Text(center + (0, LineBelow), Marks.Number(Gradient, Digits), "middle strong full-second")}
        """);
}
