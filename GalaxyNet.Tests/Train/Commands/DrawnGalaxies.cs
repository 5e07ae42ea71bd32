namespace GalaxyNet.Tests;

/// <summary>A few drawn galaxies in the challenge's layout, drawn once for all tests.</summary>
[SetUpFixture]
internal sealed class DrawnGalaxies
{
    public const int Count = 10;
    public const long FirstId = 100_001;

    private static readonly Lazy<TemporaryFolder> Drawn = new(() =>
    {
        var folder = new TemporaryFolder();
        DemoGalaxies.Write(folder.Root, Count, seed: 1);
        return folder;
    });

    /// <summary>The folder; not to be changed.</summary>
    public static string Folder => Drawn.Value.Root;

    public static string Images => Path.GetDirectoryName(GalaxyFolder.ImagePath(Folder, FirstId))!;

    /// <summary>Copies some of them into a folder that may be changed.</summary>
    public static void CopyTo(string folder, int count)
    {
        string labels = GalaxyFolder.LabelsPath(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(GalaxyFolder.ImagePath(folder, FirstId))!);
        File.WriteAllLines(labels, File.ReadLines(GalaxyFolder.LabelsPath(Folder)).Take(count + 1));
        for (long id = FirstId; id < FirstId + count; id++)
            File.Copy(GalaxyFolder.ImagePath(Folder, id), GalaxyFolder.ImagePath(folder, id));
    }

    [OneTimeTearDown]
    public void Delete()
    {
        if (Drawn.IsValueCreated)
            Drawn.Value.Dispose();
    }
}
