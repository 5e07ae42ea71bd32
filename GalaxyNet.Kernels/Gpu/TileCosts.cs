namespace GalaxyNet.Kernels;

/// <summary>What the work of a group costs besides its arithmetic, in clocks of a GPU.</summary>
/// <param name="ClocksOfSlice">Of each slice: its barrier, and what else a group waits for.</param>
/// <param name="ClocksOfLoad">Of each slice, for every four numbers that one thread brings from memory.</param>
/// <param name="SlicesOfStartAndEnd">
/// What bringing the first slice and storing the product take, in slices.
/// </param>
/// <param name="ClocksOfAddingParts">Of the second launch where the depth is split, besides its memory traffic.</param>
internal sealed record TileCosts(
    double ClocksOfSlice, double ClocksOfLoad, double SlicesOfStartAndEnd, double ClocksOfAddingParts)
{
    /// <summary>Of tiles in C#.</summary>
    /// <remarks>
    /// Fitted to timings of every tile and many splits of attempt 4's products on an H200 (2026-11-28): the page beside
    /// this file has the model, and a test holds each product's plan against the best that was timed.
    /// </remarks>
    public static TileCosts CSharp { get; } = new(
        ClocksOfSlice: 200, ClocksOfLoad: 320, SlicesOfStartAndEnd: 4, ClocksOfAddingParts: 5000);

    /// <summary>Of tiles in assembly. No card has timed them yet: these are guesses.</summary>
    public static TileCosts Cuda { get; } = new(
        ClocksOfSlice: 800, ClocksOfLoad: 20, SlicesOfStartAndEnd: 3, ClocksOfAddingParts: 4000);

    /// <summary>
    /// Of tiles on tensor cores, where two slices are on their way at any time. Guesses too.
    /// </summary>
    public static TileCosts TensorCores { get; } = new(
        ClocksOfSlice: 200, ClocksOfLoad: 20, SlicesOfStartAndEnd: 5, ClocksOfAddingParts: 4000);
}
