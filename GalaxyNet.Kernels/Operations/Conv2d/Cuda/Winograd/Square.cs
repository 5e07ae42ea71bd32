namespace GalaxyNet.Kernels;

/// <summary>
/// Up to 8 x 8 numbers of a tile, in registers. What of it nobody reads costs nothing, nor does turning it: the
/// compiler sees single numbers.
/// </summary>
internal readonly struct Square(
    Eight row0, Eight row1, Eight row2, Eight row3, Eight row4, Eight row5, Eight row6, Eight row7)
{
    public readonly Eight Row0 = row0;
    public readonly Eight Row1 = row1;
    public readonly Eight Row2 = row2;
    public readonly Eight Row3 = row3;
    public readonly Eight Row4 = row4;
    public readonly Eight Row5 = row5;
    public readonly Eight Row6 = row6;
    public readonly Eight Row7 = row7;

    /// <summary>The sum of the first four of the first four rows, in which outputs are.</summary>
    public float SumOfCorner => Row0.SumOfFour + Row1.SumOfFour + Row2.SumOfFour + Row3.SumOfFour;

    /// <summary>M x M^T: a map of lines along the columns, then along the rows.</summary>
    public Square Map<TMap>()
        where TMap : struct, ILineMap => Transposed().MapRows<TMap>().Transposed().MapRows<TMap>();

    /// <summary>this + <paramref name="other"/>.</summary>
    public Square Plus(Square other) => new(
        Row0.Plus(other.Row0),
        Row1.Plus(other.Row1),
        Row2.Plus(other.Row2),
        Row3.Plus(other.Row3),
        Row4.Plus(other.Row4),
        Row5.Plus(other.Row5),
        Row6.Plus(other.Row6),
        Row7.Plus(other.Row7));

    /// <summary>With a number added to the first four of the first four rows.</summary>
    public Square PlusInCorner(float number)
    {
        var numbers = new Eight(number, number, number, number);
        return new(
            Row0.Plus(numbers),
            Row1.Plus(numbers),
            Row2.Plus(numbers),
            Row3.Plus(numbers),
            Row4,
            Row5,
            Row6,
            Row7);
    }

    private Square MapRows<TMap>()
        where TMap : struct, ILineMap => new(
            TMap.Of(Row0),
            TMap.Of(Row1),
            TMap.Of(Row2),
            TMap.Of(Row3),
            TMap.Of(Row4),
            TMap.Of(Row5),
            TMap.Of(Row6),
            TMap.Of(Row7));

    private Square Transposed() => new(
        new(Row0.X0, Row1.X0, Row2.X0, Row3.X0, Row4.X0, Row5.X0, Row6.X0, Row7.X0),
        new(Row0.X1, Row1.X1, Row2.X1, Row3.X1, Row4.X1, Row5.X1, Row6.X1, Row7.X1),
        new(Row0.X2, Row1.X2, Row2.X2, Row3.X2, Row4.X2, Row5.X2, Row6.X2, Row7.X2),
        new(Row0.X3, Row1.X3, Row2.X3, Row3.X3, Row4.X3, Row5.X3, Row6.X3, Row7.X3),
        new(Row0.X4, Row1.X4, Row2.X4, Row3.X4, Row4.X4, Row5.X4, Row6.X4, Row7.X4),
        new(Row0.X5, Row1.X5, Row2.X5, Row3.X5, Row4.X5, Row5.X5, Row6.X5, Row7.X5),
        new(Row0.X6, Row1.X6, Row2.X6, Row3.X6, Row4.X6, Row5.X6, Row6.X6, Row7.X6),
        new(Row0.X7, Row1.X7, Row2.X7, Row3.X7, Row4.X7, Row5.X7, Row6.X7, Row7.X7));
}

/// <summary>A linear map of numbers along a line.</summary>
internal interface ILineMap
{
    /// <summary>The line's image.</summary>
    static abstract Eight Of(Eight line);
}
