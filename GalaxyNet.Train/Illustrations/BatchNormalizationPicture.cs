namespace GalaxyNet.Train;

/// <summary>The three paths from an element to the loss through a batch normalization.</summary>
internal static class BatchNormalizationPicture
{
    private const double Height = 520;
    private const double Middle = Canvas.Width / 2;
    private const double LaneWidth = 148;
    private const double LaneTop = 108;
    private const double LaneHeight = 88;
    private const double NodeWidth = 190;
    private const double NodeHeight = 38;

    private static readonly double[] Lanes = [20 + (LaneWidth / 2), Middle, Canvas.Width - 20 - (LaneWidth / 2)];

    /// <summary>The channel of the first example of the study guide's page: all its elements.</summary>
    public static double[] X { get; } = [-3, 3, 5, 11];

    /// <summary>The gradient that comes back to them.</summary>
    public static double[] Dy { get; } = [1, 2, 0, -1];

    /// <summary>The weight.</summary>
    public static double W => 2;

    private static Html Mu => Marks.Symbol("μ");

    private static Html Sigma => Marks.Symbol("σ");

    private static Html M => Marks.Symbol("m");

    private static Html Db => Marks.Symbol("db");

    private static Html Dw => Marks.Symbol("dw");

    private static Html Weight => Marks.Symbol("w");

    /// <summary>Draws it.</summary>
    public static Html Draw() => Canvas.Of(
        "Three paths lead from one element to the loss: itself, the mean of the channel and its variance; "
        + "each gives one of the three terms of the gradient",
        Height,
        [
            .. Lanes.SelectMany(Arrows),
            Node(24, Marks.Symbol("x", "j")),
            Lane(0, Html.Of($"itself"), "for i = j only", Marks.Symbol("dy", "j")),
            Lane(1, Html.Of($"mean {Mu}"), "for every i", Html.Of($"− {Db} / {M}")),
            Lane(2, Html.Of($"variance {Marks.Symbol("v")}"), "for every i", Html.Of($"− {XHat("j")} {Dw} / {M}")),
            Node(240, Html.Of($"{XHat("i")} = ({Marks.Symbol("x", "i")} − {Mu}) / {Sigma}")),
            Node(308, Html.Of($"{Marks.Symbol("y", "i")} = {Weight} {XHat("i")} + {Marks.Symbol("b")}")),
            Node(376, Html.Of($"loss")),
            Down(240),
            Down(308),
            Directions(),
            .. Sum(),
        ]);

    private static Html XHat(string index) => Marks.Symbol("x̂", index);

    private static Html[] Arrows(double lane) =>
    [
        Marks.Arrow(new Place(Middle + ((lane - Middle) / 4), 24 + NodeHeight), new Place(lane, LaneTop)),
        Marks.Arrow(new Place(lane, LaneTop + LaneHeight), new Place(Middle + ((lane - Middle) / 3), 240)),
    ];

    private static Html Node(double top, Html text) => Html.Of(
        $"""
        {Marks.Rectangle(new Place(Middle - (NodeWidth / 2), top), NodeWidth, NodeHeight, "box", round: 6)}
        {Marks.Text(new Place(Middle, top + 25), text, "middle")}
        """);

    private static Html Lane(int number, Html name, string elements, Html term)
    {
        double x = Lanes[number];
        return Html.Of(
            $"""
            {Marks.Rectangle(new Place(x - (LaneWidth / 2), LaneTop), LaneWidth, LaneHeight, "box-first", round: 6)}
            {Marks.Text(new Place(x, LaneTop + 24), Html.Of($"{number + 1}. {name}"), "middle")}
            {Marks.Text(new Place(x, LaneTop + 46), elements, "small soft middle")}
            {Marks.Text(new Place(x, LaneTop + 72), term, "strong middle")}
            """);
    }

    private static Html Down(double top) =>
        Marks.Arrow(new Place(Middle, top + NodeHeight), new Place(Middle, top + NodeHeight + 30));

    private static Html Directions() => Html.Of(
        $"""
        {Marks.Arrow(new Place(64, 290), new Place(64, 390))}
        {Marks.Text(new Place(76, 346), "forward", "small")}
        {Marks.Arrow(new Place(396, 390), new Place(396, 290), "second")}
        {Marks.Text(new Place(408, 346), "gradients", "small")}
        """);

    /// <summary>The three terms together, and with the example's numbers for the first element.</summary>
    private static Html[] Sum()
    {
        var terms = new BatchNormalizationTerms(X, W, Dy);
        var (own, mean, variance) = terms.Of(0);
        string factor = Marks.Number(terms.Factor);
        string inBrackets = $"{Marks.Number(own)} {Signed(mean)} {Signed(variance)}";
        string result = Marks.Number(terms.Dx[0], digits: 3);
        var (dx, dy) = (Marks.Symbol("dx", "j"), Marks.Symbol("dy", "j"));
        var example = Html.Of($"the example's {Marks.Symbol("dx", "0")} = {factor} · ({inBrackets}) = {result}");
        return
        [
            Marks.Text(
                new Place(Middle, 458),
                Html.Of($"{dx} = {Weight}/{Sigma} · ({dy} − {Db}/{M} − {XHat("j")} {Dw}/{M})"),
                "middle"),
            Marks.Text(new Place(Middle, 490), example, "middle"),
        ];
    }

    private static string Signed(double term) => $"{(term < 0 ? '−' : '+')} {Marks.Number(Math.Abs(term))}";
}
