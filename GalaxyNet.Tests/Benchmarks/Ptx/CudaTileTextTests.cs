namespace GalaxyNet.Tests;

/// <summary>
/// The assembly of the CUDA engine is what its writer writes. With <c>GALAXYNET_WRITE_PTX=1</c> it is written anew.
/// </summary>
[TestFixture]
internal sealed class CudaTileTextTests
{
    [Test]
    public void TheFileIsWhatTheWriterWrites()
    {
        string file = Repository.Path("GalaxyNet.Kernels", "Cuda", "CudaTileText.cs");
        string written = CudaTileTextWriter.Write();
        if (Environment.GetEnvironmentVariable("GALAXYNET_WRITE_PTX") == "1")
            File.WriteAllText(file, written);
        Assert.That(File.ReadAllText(file).ReplaceLineEndings("\n"), Is.EqualTo(written.ReplaceLineEndings("\n")));
    }

    // Rows and columns are the tiles' own, so that one cannot change without the other.
    [Test]
    public void EveryTileHasItsText() => Assert.That(
        CudaTileShapes.All.Select(tile => typeof(CudaTileText).GetField($"LoadEven{tile.Name}")),
        Is.All.Not.Null);
}
