namespace GalaxyNet.Kernels;

/// <summary>Up to eight numbers along a line of a tile, in registers.</summary>
internal readonly struct Eight(
    float x0, float x1, float x2, float x3, float x4 = 0f, float x5 = 0f, float x6 = 0f, float x7 = 0f)
{
    public readonly float X0 = x0;
    public readonly float X1 = x1;
    public readonly float X2 = x2;
    public readonly float X3 = x3;
    public readonly float X4 = x4;
    public readonly float X5 = x5;
    public readonly float X6 = x6;
    public readonly float X7 = x7;

    /// <summary>The sum of the first four.</summary>
    public float SumOfFour => X0 + X1 + X2 + X3;

    /// <summary>this + <paramref name="other"/>.</summary>
    public Eight Plus(Eight other) => new(
        X0 + other.X0,
        X1 + other.X1,
        X2 + other.X2,
        X3 + other.X3,
        X4 + other.X4,
        X5 + other.X5,
        X6 + other.X6,
        X7 + other.X7);
}
