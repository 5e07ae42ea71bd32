namespace GalaxyNet.Kernels;

/// <summary>The answers to one question of a decision tree: neighboring columns that share a parent's value.</summary>
/// <param name="First">The first answer's column.</param>
/// <param name="Count">The number of answers.</param>
/// <param name="Parent">
/// The column of the answer that leads to the question, before <paramref name="First"/>; <see cref="NoParent"/> if
/// everybody is asked.
/// </param>
public readonly record struct SoftmaxGroup(int First, int Count, int Parent)
{
    /// <summary>Everybody is asked: the answers share 1.</summary>
    public const int NoParent = -1;
}
