namespace GalaxyNet.Train;

/// <summary>The network of the study guide's first page, with the value and the gradient of each number.</summary>
internal static class NetworkByHandPicture
{
    private const double Height = 850;
    private const double Left = 160, Right = 360, Middle = (Left + Right) / 2;
    private const double FirstSide = 64, LastSide = Canvas.Width - FirstSide; // the columns of biases
    private const double X = 92, B = 212, Z = 312, A = 416, S = 588, O = 692, Loss = 796; // the rows
    private const double ChipOfDiagonal = 0.25, ChipOfVertical = 0.64, ChipOfOutput = 0.45; // along their arrows

    /// <summary>Draws it.</summary>
    public static Html Draw()
    {
        var network = NetworkByHand.OfThePage;
        return Canvas.Of(
            "The network from its two inputs down to the loss, with the value and the gradient of each number",
            Height,
            Legend(),
            Hidden(network),
            Output(network));
    }

    private static Html Legend() => Html.Of(
        $"""
        {Marks.Text(new Place(Middle, 28), "each value, on its way down", "middle full-first")}
        {Marks.Text(new Place(Middle, 50), "below it the gradient, on its way up", "middle strong full-second")}
        """);

    private static Html Hidden(NetworkByHand network) => Html.Of(
        $"""
        {Down(Left, X, Left, Z)}{Down(Left, X, Right, Z)}{Down(Right, X, Left, Z)}{Down(Right, X, Right, Z)}
        {Weight(network, unit: 0, input: 0, ChipOfVertical)}
        {Weight(network, unit: 0, input: 1, ChipOfDiagonal)}
        {Weight(network, unit: 1, input: 0, ChipOfDiagonal)}
        {Weight(network, unit: 1, input: 1, ChipOfVertical)}
        {Enumerable.Range(0, 2).Select(i => Unit(network, i))}
        """);

    /// <summary>An input and the hidden unit below it.</summary>
    private static Html Unit(NetworkByHand network, int i)
    {
        double column = Column(i), side = i == 0 ? FirstSide : LastSide;
        double edge = i == 0 ? ValueAndGradient.HalfBoxWidth : -ValueAndGradient.HalfBoxWidth;
        string index = $"{i}";
        return Html.Of(
            $"""
            {Box(column, X, "x", index, network.X[i], network.Dx[i])}
            {Box(side, B, "b", index, network.B[i], network.Db[i])}
            {Marks.Arrow(new Place(side, B + ValueAndGradient.HalfBox), new Place(column - edge, Z))}
            {Box(column, Z, "z", index, network.Z[i], network.Dz[i])}
            {Down(column, Z, column, A)}
            {Marks.Text(new Place(column + 10, ((Z + A) / 2) + 5), "ReLU", "soft")}
            {Box(column, A, "a", index, network.A[i], network.Da[i])}

            """);
    }

    private static Html Output(NetworkByHand network) => Html.Of(
        $"""
        {Enumerable.Range(0, 2).Select(i => Html.Of(
            $"""
            {Down(Column(i), A, Middle, S)}
            {new ValueAndGradient(network.U[0, i], network.Du[0, i]).Chip(Along(Column(i), A, Middle, S, ChipOfOutput))}

            """))}
        {Marks.Arrow(new Place(LastSide, S), new Place(Middle + ValueAndGradient.HalfBoxWidth, S))}
        {Box(LastSide, S, "c", "", network.C[0], network.Dc[0])}
        {Box(Middle, S, "s", "", network.S[0], network.Ds[0])}
        {Down(Middle, S, Middle, O)}
        {Marks.Text(new Place(Middle + 10, ((S + O) / 2) + 5), "logistic function", "soft")}
        {Box(Middle, O, "o", "", network.O[0], network.Do[0])}
        {Down(Middle, O, Middle, Loss)}
        {Marks.Text(
            new Place(Middle + 10, ((O + Loss) / 2) + 5),
            Html.Of($"({Marks.Symbol("o")} − {Marks.Number(network.T[0])})²"),
            "soft")}
        {Box(Middle, Loss, "L", "", network.Loss, gradient: 1)}
        """);

    private static Html Weight(NetworkByHand network, int unit, int input, double share) =>
        new ValueAndGradient(network.W[unit, input], network.Dw[unit, input])
            .Chip(Along(Column(input), X, Column(unit), Z, share));

    private static Html Box(double x, double y, string letter, string index, double value, double gradient) =>
        new ValueAndGradient(value, gradient).Box(new Place(x, y), Marks.Symbol(letter, index));

    /// <summary>From the lower edge of one box to the upper edge of another.</summary>
    private static Html Down(double fromX, double fromY, double toX, double toY) => Marks.Arrow(
        new Place(fromX, fromY + ValueAndGradient.HalfBox), new Place(toX, toY - ValueAndGradient.HalfBox));

    private static Place Along(double fromX, double fromY, double toX, double toY, double share)
    {
        double top = fromY + ValueAndGradient.HalfBox, bottom = toY - ValueAndGradient.HalfBox;
        return new Place(fromX + (share * (toX - fromX)), top + (share * (bottom - top)));
    }

    private static double Column(int i) => i == 0 ? Left : Right;
}
