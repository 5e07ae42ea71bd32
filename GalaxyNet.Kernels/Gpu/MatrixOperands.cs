namespace GalaxyNet.Kernels;

/// <summary>A matrix [lines, depth] in memory.</summary>
/// <param name="data">The elements.</param>
/// <param name="lines">The number of lines.</param>
/// <param name="depth">The length of a line.</param>
internal readonly struct LinesMatrix(ArrayView<float> data, int lines, int depth) : IOperand
{
    private readonly ArrayView<float> data = data;
    private readonly int lines = lines;
    private readonly int depth = depth;
    private readonly int wide = Float4.Fits(data, depth);

    public static FourElements FourElements => FourElements.OfNeighboringDepths;

    public Line LineAt(int line) => line < lines ? new Line(line * depth, 0, 0) : Line.Outside;

    public Float4 Load(Line line, int at, int step)
    {
        if (line.IsOutside | (at >= depth))
            return default;
        if (wide != 0)
            return data.Cast<Float4>()[(line.Offset + at) / 4];
        int i = line.Offset + at;
        var here = data.SubView(i);
        return new Float4(
            here[0],
            at + 1 < depth ? here[1] : 0f,
            at + 2 < depth ? here[2] : 0f,
            at + 3 < depth ? here[3] : 0f);
    }
}

/// <summary>A matrix [depth, lines] in memory.</summary>
/// <param name="data">The elements.</param>
/// <param name="lines">The number of lines.</param>
/// <param name="depth">The length of a line.</param>
internal readonly struct DepthsMatrix(ArrayView<float> data, int lines, int depth) : IOperand
{
    private readonly ArrayView<float> data = data;
    private readonly int lines = lines;
    private readonly int depth = depth;
    private readonly int wide = Float4.Fits(data, lines);

    public static FourElements FourElements => FourElements.OfNeighboringLines;

    public Line LineAt(int line) => line < lines ? new Line(line, 0, 0) : Line.Outside;

    public Float4 Load(Line line, int at, int step)
    {
        if (line.IsOutside | (at >= depth))
            return default;
        int i = (at * lines) + line.Offset;
        if (wide != 0)
            return data.Cast<Float4>()[i / 4];
        var here = data.SubView(i);
        return new Float4(
            here[0],
            line.Offset + 1 < lines ? here[1] : 0f,
            line.Offset + 2 < lines ? here[2] : 0f,
            line.Offset + 3 < lines ? here[3] : 0f);
    }
}
