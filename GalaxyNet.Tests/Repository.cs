namespace GalaxyNet.Tests;

/// <summary>The files that the tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "GalaxyNet.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has GalaxyNet.sln.");
    });

    /// <summary>A file's path, from its names below the root.</summary>
    public static string Path(params string[] names) => System.IO.Path.Combine([Root.Value, .. names]);
}
