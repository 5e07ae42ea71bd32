namespace GalaxyNet.Tests;

/// <summary>Reference results of other programs: the folder named by GALAXYNET_GOLDEN, or else the copy beside the tests.</summary>
internal static class GoldenFolder
{
    private static readonly string Root = Environment.GetEnvironmentVariable("GALAXYNET_GOLDEN")
        ?? System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "Data");

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
