namespace GalaxyNet.Tests;

/// <summary>
/// The sample of real galaxies, which is not in the repository: <c>shared/galaxyzoo-sample</c> beside it, or above.
/// </summary>
internal static class SampleFolder
{
    /// <summary>A path in the sample. Where the machine has none, the test that asks is ignored.</summary>
    public static string Find(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string sample = Path.Combine([folder.FullName, "shared", "galaxyzoo-sample", .. parts]);
            if (Path.Exists(sample))
                return sample;
        }
        Assert.Ignore("shared/galaxyzoo-sample is not there.");
        throw new InvalidOperationException();
    }
}
