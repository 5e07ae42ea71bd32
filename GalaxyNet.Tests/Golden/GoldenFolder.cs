using System.Runtime.InteropServices;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// Reference results of other programs: the folder named by GALAXYNET_GOLDEN, or else the copy beside the tests.
/// </summary>
internal static class GoldenFolder
{
    private static readonly string Root =
        Environment.GetEnvironmentVariable("GALAXYNET_GOLDEN") is { Length: > 0 } folder
        ? folder
        : System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "Data");

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static JsonElement ReadJson(params string[] parts) =>
        JsonDocument.Parse(File.ReadAllBytes(Path(parts))).RootElement;

    /// <summary>Reads a file of little-endian float32 numbers.</summary>
    public static float[] ReadFloats(params string[] parts) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path(parts))).ToArray();
}
