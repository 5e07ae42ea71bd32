namespace GalaxyNet.Train;

/// <summary>The first hidden unit of <see cref="NetworkByHand"/> as a graph whose nodes each do one thing.</summary>
internal static class HiddenUnitPicture
{
    private const double Height = 392;
    private const double Radius = 22;
    private const double Start = 48, FirstBend = 118, Products = 166, SecondBend = 264; // columns
    private const double Sum = 300, Relu = 414; // and those behind them
    private const double End = Canvas.Width - 10;
    private const double FirstProduct = 112, SecondProduct = 250, Bias = 352, Middle = 190; // rows
    private const double Apart = 36; // from a product up to its input, and down to its weight

    /// <summary>Draws it.</summary>
    public static Html Draw()
    {
        var network = NetworkByHand.OfThePage;
        return Canvas.Of(
            "A hidden unit: two products and a bias are added, and the ReLU lets the sum pass; gradients come back",
            Height,
            Marks.Text(new Place(Canvas.Margin, 32), "above each line its value", "full-first"),
            Marks.Text(new Place(Canvas.Width - Canvas.Margin, 32), "below it the gradient", "end strong full-second"),
            Wires(network),
            Product(network, input: 0, FirstProduct),
            Product(network, input: 1, SecondProduct),
            Node(Sum, Middle, "+"),
            Node(Relu, Middle, "ReLU", "small"));
    }

    private static Html Wires(NetworkByHand network) => Html.Of(
        $"""
        {Input("b", "0", Bias, SecondBend, new(Sum, Middle), new(network.B[0], network.Db[0]))}
        {Marks.Text(new Place((Sum + Relu) / 2, Middle - 36), Marks.Symbol("z", "0"), "middle")}
        {Wire(Sum, Relu, Middle, new(network.Z[0], network.Dz[0]))}
        {Marks.Text(new Place((Relu + End + Radius) / 2, Middle - 36), Marks.Symbol("a", "0"), "middle")}
        {Wire(Relu, End, Middle, new(network.A[0], network.Da[0]))}
        """);

    /// <summary>An input times its weight, and the way to the sum.</summary>
    private static Html Product(NetworkByHand network, int input, double row)
    {
        double x = network.X[input], w = network.W[0, input], gradient = network.Dz[0]; // what a sum hands on
        string index = $"{input}";
        return Html.Of(
            $"""
            {Input("x", index, row - Apart, FirstBend, new(Products, row), new(x, gradient * w))}
            {Input("w", "0" + index, row + Apart, FirstBend, new(Products, row), new(w, network.Dw[0, input]))}
            {Wire(Products, SecondBend, row, new(x * w, gradient))}
            {Marks.Line("line", new Place(SecondBend, row), new Place(Sum, Middle))}
            {Node(Products, row, "×")}
            """);
    }

    /// <summary>A line that begins at its name, and bends toward a node.</summary>
    private static Html Input(
        string letter, string index, double row, double bend, Place node, ValueAndGradient numbers) => Html.Of(
        $"""
        {Marks.Text(new Place(Start - 6, row + 5), Marks.Symbol(letter, index), "end")}
        {Marks.Line("line", new Place(Start, row), new Place(bend, row), node)}
        {numbers.Above(new Place((Start + FirstBend) / 2, row))}
        """);

    private static Html Wire(double from, double to, double row, ValueAndGradient numbers) => Html.Of(
        $"""
        {Marks.Line("line", new Place(from, row), new Place(to, row))}
        {numbers.Above(new Place((from + to + (to == Relu ? 0 : Radius)) / 2, row))}
        """);

    private static Html Node(double x, double y, string what, string size = "") => Html.Of(
        $"""
        {Marks.Circle(new Place(x, y), Radius, "box")}
        {Marks.Text(new Place(x, y + 5), what, $"middle {size}".Trim())}
        """);
}
