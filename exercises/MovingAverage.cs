namespace GalaxyNet.Exercises;

/// <summary>A step of a moving average.</summary>
/// <remarks>
/// To be done: m = decay m + (1 - decay) x. There is nothing to derive: write the step itself.
///
/// The page: docs/19-moving_average.md
/// Check what you have written: dotnet run --project exercises -- check moving_average
/// </remarks>
public static class MovingAverage
{
    /// <summary>Changes m in place.</summary>
    /// <param name="m">The averages: [count]. To be changed.</param>
    /// <param name="x">The new numbers: [count].</param>
    /// <param name="decay">How much of the average stays.</param>
    public static void Update(double[] m, double[] x, double decay)
    {
        throw new NotImplementedException(); // write it here
    }
}
