namespace GalaxyNet.Kernels;

/// <summary>The contiguous part of a number of items that one thread takes.</summary>
/// <param name="Start">The first item.</param>
/// <param name="End">One past the last.</param>
internal readonly record struct WorkRange(int Start, int End)
{
    /// <summary>The part of thread number <paramref name="thread"/>; the parts differ by at most one item.</summary>
    public static WorkRange Of(int items, int thread, int threads) =>
        new((int)((long)items * thread / threads), (int)((long)items * (thread + 1) / threads));
}
