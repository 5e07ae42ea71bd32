namespace GalaxyNet.Exercises.Solutions;

/// <summary>A step of a moving average: docs/19-moving_average.md.</summary>
public static class MovingAverage
{
    /// <inheritdoc cref="Exercises.MovingAverage.Update"/>
    public static void Update(double[] m, double[] x, double decay)
    {
        for (int i = 0; i < m.Length; i++)
            m[i] = (decay * m[i]) + ((1 - decay) * x[i]); // the two parts sum to 1: equal numbers stay as they are
    }
}
