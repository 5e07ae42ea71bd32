namespace GalaxyNet.Kernels;

/// <summary>Where a user's caches lie on each system.</summary>
internal static class CacheFolder
{
    /// <summary>The environment variable that names another folder; empty, it turns caching off.</summary>
    public const string Variable = "GALAXYNET_CACHE";

    /// <summary>A folder of GalaxyNet's; null if there is none, or it is turned off.</summary>
    public static string? OfUser(string name)
    {
        string? root = Environment.GetEnvironmentVariable(Variable) ?? Default;
        return string.IsNullOrEmpty(root) ? null : Path.Combine(root, name);
    }

    private static string? Default
    {
        get
        {
            string? caches = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : OperatingSystem.IsMacOS() ? UnderHome("Library/Caches")
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } named && Path.IsPathRooted(named) ? named
                : UnderHome(".cache");
            return string.IsNullOrEmpty(caches) ? null : Path.Combine(caches, "galaxynet");
        }
    }

    private static string? UnderHome(string folder) =>
        Environment.GetEnvironmentVariable("HOME") is { } home && Path.IsPathRooted(home)
            ? Path.Combine(home, folder)
            : null; // a folder that depends on where the user is would be no one's
}
