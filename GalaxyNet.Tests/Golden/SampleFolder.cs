namespace GalaxyNet.Tests;

/// <summary>
/// The sample of real galaxies, which is not in the repository: <c>shared/galaxyzoo-sample</c> beside it, or above.
/// </summary>
internal static class SampleFolder
{
    /// <summary>A path in the sample. Where the machine has none, the test that asks is ignored.</summary>
    public static string Find(params string[] parts) => SharedFolder.Find("galaxyzoo-sample", parts);
}

/// <summary>The folder of what is not in the repository: <c>shared</c> beside it, or above.</summary>
internal static class SharedFolder
{
    /// <summary>A path in one of its folders. Where the machine has none, the test that asks is ignored.</summary>
    public static string Find(string name, params ReadOnlySpan<string> parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, "shared", name, .. parts]);
            if (Path.Exists(path))
                return path;
        }
        Assert.Ignore($"shared/{name} is not there.");
        throw new InvalidOperationException();
    }
}
