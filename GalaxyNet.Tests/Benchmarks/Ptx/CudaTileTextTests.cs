namespace GalaxyNet.Tests;

/// <summary>
/// The assembly of the CUDA engine is what its writer writes. With <c>GALAXYNET_WRITE_PTX=1</c> it is written anew.
/// </summary>
[TestFixture]
internal sealed class CudaTileTextTests
{
    private static IEnumerable<TestCaseData> Files() =>
        from file in new[]
        {
            (Name: Path.Combine("Cuda", "CudaTileText.cs"), Text: CudaTileTextWriter.Write()),
            (Name: Path.Combine("Cuda", "TensorCores", "TensorTileText.cs"), Text: TensorTileTextWriter.Write()),
        }
        select new TestCaseData(file.Name, file.Text).SetArgDisplayNames(file.Name);

    [TestCaseSource(nameof(Files))]
    public void TheFileIsWhatTheWriterWrites(string name, string written)
    {
        string file = Repository.Path("GalaxyNet.Kernels", name);
        if (Environment.GetEnvironmentVariable("GALAXYNET_WRITE_PTX") == "1")
            File.WriteAllText(file, written);
        Assert.That(File.ReadAllText(file).ReplaceLineEndings("\n"), Is.EqualTo(written.ReplaceLineEndings("\n")));
    }

    // Rows and columns are the tiles' own, so that one cannot change without the other.
    [Test]
    public void EveryTileHasItsText() => Assert.That(
        CudaTileShapes.OfFloat32.Select(tile => typeof(CudaTileText).GetField($"LoadEven{tile.Name}"))
            .Concat(CudaTileShapes.OnTensorCores.Select(tile => typeof(TensorTileText).GetField(LoadOf(tile)))),
        Is.All.Not.Null);

    private static string LoadOf(TileShape tile)
    {
        object blocks = tile.Type.GetProperty(nameof(ICudaTile.ColumnBlocks))!.GetValue(null)!;
        return $"Load{tile.Rows}x{tile.Columns}By{4 * (int)blocks}";
    }
}
