namespace GalaxyNet.Benchmarks;

/// <summary>How much of a data sheet's limits kernels reach, as measured on an H200.</summary>
/// <remarks>
/// Measured on 2026-11-28 at commit c5280dd, with every tile and many splits of attempt 4's convolutions at batches of
/// 64 and 256: 215 timings of kernels that spill no registers. On other GPUs the same shares are assumed.
/// </remarks>
internal static class Calibration
{
    /// <summary>What copying reached, 4.2 TB/s, of the 4.8 TB/s of the data sheet.</summary>
    public const double MemoryShare = 4.2 / 4.8;

    private const int Schedulers = 4;

    // Medians by the warps of each scheduler, 0 to 4: while one waits, another may issue.
    private static readonly double[] IssuedShares = [0, 0.37, 0.55, 0.60, 0.67];

    /// <summary>
    /// The part of the instruction slots that a multiprocessor fills with a product's instructions, from 0 to 1.
    /// </summary>
    /// <param name="warps">Warps in flight on it.</param>
    public static double IssuedShare(int warps)
    {
        double warpsOfScheduler = Math.Min((double)warps / Schedulers, IssuedShares.Length - 1);
        int below = Math.Min((int)warpsOfScheduler, IssuedShares.Length - 2);
        return IssuedShares[below] + ((warpsOfScheduler - below) * (IssuedShares[below + 1] - IssuedShares[below]));
    }
}
