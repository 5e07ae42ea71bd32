namespace GalaxyNet.Kernels;

/// <summary>F(4x4, 5x5): 64 multiplications for 400, at the points 0, +-1, +-2, +-1/2 and infinity.</summary>
internal readonly struct WinogradMaps5x5 : IWinogradMaps
{
    public static int Taps => 5;

    public static int Points => 8;

    public static Eight Input(Eight x)
    {
        float even1 = x.X2 - (4.25f * x.X4) + x.X6, odd1 = x.X1 - (4.25f * x.X3) + x.X5;
        float even2 = (0.25f * x.X2) - (1.25f * x.X4) + x.X6, odd2 = (0.5f * x.X1) - (2.5f * x.X3) + (2f * x.X5);
        float even3 = (4f * x.X2) - (5f * x.X4) + x.X6, odd3 = (2f * x.X1) - (2.5f * x.X3) + (0.5f * x.X5);
        return new Eight(
            x.X0 - x.X6 + (5.25f * (x.X4 - x.X2)),
            even1 + odd1,
            even1 - odd1,
            even2 + odd2,
            even2 - odd2,
            even3 + odd3,
            even3 - odd3,
            x.X7 - x.X1 + (5.25f * (x.X3 - x.X5)));
    }

    public static Eight Output(Eight m)
    {
        float sum1 = m.X1 + m.X2, difference1 = m.X1 - m.X2;
        float sum2 = m.X3 + m.X4, difference2 = m.X3 - m.X4;
        float sum3 = m.X5 + m.X6, difference3 = m.X5 - m.X6;
        return new Eight(
            m.X0 + sum1 + sum2 + sum3,
            difference1 + (2f * difference2) + (0.5f * difference3),
            sum1 + (4f * sum2) + (0.25f * sum3),
            m.X7 + difference1 + (8f * difference2) + (0.125f * difference3));
    }

    public static Eight OutputGradient(Eight y)
    {
        float even1 = y.X0 + y.X2, odd1 = y.X1 + y.X3;
        float even2 = y.X0 + (4f * y.X2), odd2 = (2f * y.X1) + (8f * y.X3);
        float even3 = y.X0 + (0.25f * y.X2), odd3 = (0.5f * y.X1) + (0.125f * y.X3);
        return new Eight(
            y.X0, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, even3 + odd3, even3 - odd3, y.X3);
    }

    public static Eight Filter(Eight w)
    {
        float even1 = (-2f / 9f) * (w.X0 + w.X2 + w.X4), odd1 = (-2f / 9f) * (w.X1 + w.X3);
        float even2 = (1f / 90f) * (w.X0 + (4f * w.X2) + (16f * w.X4)), odd2 = (1f / 45f) * (w.X1 + (4f * w.X3));
        float even3 = (2f / 45f) * ((16f * w.X0) + (4f * w.X2) + w.X4), odd3 = (4f / 45f) * ((4f * w.X1) + w.X3);
        return new Eight(
            w.X0, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, even3 + odd3, even3 - odd3, w.X4);
    }

    public static Eight FilterGradient(Eight u)
    {
        float sum1 = (-2f / 9f) * (u.X1 + u.X2), difference1 = (-2f / 9f) * (u.X1 - u.X2);
        float sum2 = (1f / 90f) * (u.X3 + u.X4), difference2 = (1f / 45f) * (u.X3 - u.X4);
        float sum3 = (2f / 45f) * (u.X5 + u.X6), difference3 = (4f / 45f) * (u.X5 - u.X6);
        return new Eight(
            u.X0 + sum1 + sum2 + (16f * sum3),
            difference1 + difference2 + (4f * difference3),
            sum1 + (4f * (sum2 + sum3)),
            difference1 + (4f * difference2) + difference3,
            u.X7 + sum1 + (16f * sum2) + sum3);
    }
}
