namespace GalaxyNet.Layers;

/// <summary>Stages of a network that follow each other, and where their parameters are in the block of all.</summary>
/// <param name="First">The first stage.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Start">The first number of their parameters.</param>
/// <param name="Length">How many numbers.</param>
internal readonly record struct NetworkPart(int First, int End, int Start, int Length)
{
    /// <summary>Cuts a network into parts, from its output back: see <see cref="NetworkPlan.Cut"/>.</summary>
    /// <param name="starts">Where the parameters of each stage begin; and the end of the last one's.</param>
    /// <param name="leastLength">How many numbers a part has at least, but for the first one.</param>
    /// <returns>The parts, the one with the input first.</returns>
    public static IReadOnlyList<NetworkPart> Cut(IReadOnlyList<int> starts, int leastLength)
    {
        var parts = new List<NetworkPart>();
        int end = starts.Count - 1;
        for (int stage = end - 1; stage >= 0; stage--)
        {
            int length = starts[end] - starts[stage];
            // Nothing is gained by a part of its own for stages without parameters.
            if (stage > 0 && (length < leastLength || starts[stage] == 0))
                continue;
            parts.Insert(0, new NetworkPart(stage, end, starts[stage], length));
            end = stage;
        }
        return parts;
    }
}
