using System.Globalization;

namespace GalaxyNet.Kernels;

/// <summary>Numbers of bytes, for people.</summary>
internal static class ByteCount
{
    private const double Step = 1000;

    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>Such as <c>1.4 GB</c>.</summary>
    public static string Text(double bytes)
    {
        int unit = 0;
        for (; bytes >= Step && unit + 1 < Units.Length; unit++)
            bytes /= Step;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[unit]}");
    }
}
