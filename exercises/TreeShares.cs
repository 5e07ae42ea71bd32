namespace GalaxyNet.Exercises;

/// <summary>The backward pass of the shares down a tree.</summary>
/// <remarks>
/// Forward, for each question: y[n, j] = max(x[n, j], 0) / R y[n, parent], with R the sum of max(x[n, i], 0) over the
/// answers i to the same question. Some answer is over 0 in all that is checked. Where the parent is -1, everybody is
/// asked: 1 stands in place of y[n, parent]. A question comes after the question that leads to it.
///
/// To be found: dx, the gradient of the loss with respect to x. You may call Forward.TreeShares.
///
/// The page: docs/20-tree_shares.md
/// Check what you have written: dotnet run --project exercises -- check tree_shares
/// </remarks>
public static class TreeShares
{
    /// <summary>Finds dx from dy.</summary>
    /// <param name="x">The input: [batch, columns].</param>
    /// <param name="dy">The gradient with respect to y: [batch, columns].</param>
    /// <param name="questions">
    /// For each question: First, its first column; Count, of its answers; Parent, the column of the parent or -1.
    /// </param>
    /// <returns>dx: [batch, columns].</returns>
    public static double[,] Backward(double[,] x, double[,] dy, IReadOnlyList<SoftmaxGroup> questions)
    {
        throw new NotImplementedException(); // write it here
    }
}
