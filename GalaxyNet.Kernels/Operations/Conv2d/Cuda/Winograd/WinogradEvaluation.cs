namespace GalaxyNet.Kernels;

/// <summary>The first step of a fast convolution: everything that goes into its products, at the points.</summary>
internal static class WinogradEvaluation
{
    /// <summary>
    /// B^T x B of some tiles, B^T x B of others, A y A^T, and G w G^T, each by groups of its own, where it is asked
    /// for.
    /// </summary>
    [Kernel("conv2d", Schedule.Shared)]
    public static void EvaluateKernel<TMaps>(
        EvaluatedImages first, EvaluatedImages second, EvaluatedGradients gradients, EvaluatedFilters filters)
        where TMaps : struct, IWinogradMaps
    {
        int group = Grid.IdxX;
        if (group < first.Groups)
        {
            first.Evaluate<TMaps>(group);
            return;
        }
        group -= first.Groups;
        if (group < second.Groups)
        {
            second.Evaluate<TMaps>(group);
            return;
        }
        group -= second.Groups;
        if (group < gradients.Groups)
            gradients.Evaluate<TMaps>(group);
        else
            filters.Evaluate<TMaps>(group - gradients.Groups);
    }
}
