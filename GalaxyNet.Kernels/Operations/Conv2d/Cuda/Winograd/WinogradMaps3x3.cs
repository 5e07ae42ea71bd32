namespace GalaxyNet.Kernels;

/// <summary>F(4x4, 3x3): 36 multiplications for 144, at the points 0, +-1, +-2 and infinity.</summary>
internal readonly struct WinogradMaps3x3 : IWinogradMaps
{
    public static int Taps => 3;

    public static int Points => 6;

    public static Eight Input(Eight x)
    {
        float even1 = x.X4 - (4f * x.X2), odd1 = x.X3 - (4f * x.X1);
        float even2 = x.X4 - x.X2, odd2 = 2f * (x.X3 - x.X1);
        return new Eight(
            (4f * x.X0) - (5f * x.X2) + x.X4,
            even1 + odd1,
            even1 - odd1,
            even2 + odd2,
            even2 - odd2,
            (4f * x.X1) - (5f * x.X3) + x.X5);
    }

    public static Eight Output(Eight m)
    {
        float sum1 = m.X1 + m.X2, difference1 = m.X1 - m.X2;
        float sum2 = m.X3 + m.X4, difference2 = m.X3 - m.X4;
        return new Eight(
            m.X0 + sum1 + sum2,
            difference1 + (2f * difference2),
            sum1 + (4f * sum2),
            m.X5 + difference1 + (8f * difference2));
    }

    public static Eight OutputGradient(Eight y)
    {
        float even1 = y.X0 + y.X2, odd1 = y.X1 + y.X3;
        float even2 = y.X0 + (4f * y.X2), odd2 = (2f * y.X1) + (8f * y.X3);
        return new Eight(y.X0, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, y.X3);
    }

    public static Eight Filter(Eight w)
    {
        float even1 = (-1f / 6f) * (w.X0 + w.X2), odd1 = (-1f / 6f) * w.X1;
        float even2 = ((1f / 24f) * w.X0) + ((1f / 6f) * w.X2), odd2 = (1f / 12f) * w.X1;
        return new Eight(0.25f * w.X0, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, w.X2);
    }

    public static Eight FilterGradient(Eight u)
    {
        float sum1 = u.X1 + u.X2, difference1 = u.X1 - u.X2;
        float sum2 = u.X3 + u.X4, difference2 = u.X3 - u.X4;
        return new Eight(
            (0.25f * u.X0) - ((1f / 6f) * sum1) + ((1f / 24f) * sum2),
            ((1f / 12f) * difference2) - ((1f / 6f) * difference1),
            u.X5 - ((1f / 6f) * sum1) + ((1f / 6f) * sum2),
            0f);
    }
}
