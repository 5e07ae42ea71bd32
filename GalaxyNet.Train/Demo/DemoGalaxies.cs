namespace GalaxyNet.Train;

/// <summary>
/// A data set for trying everything without the challenge's: galaxies drawn at random, and labels that follow from the
/// drawing.
/// </summary>
internal static class DemoGalaxies
{
    private const long FirstId = 100_001;
    private const int JpegQuality = 92;

    /// <summary>Writes galaxies in the challenge's layout, on all cores; a seed always gives the same ones.</summary>
    public static void Write(
        string folder, int count, int seed, ProgressReport? progress = null, CancellationToken cancellation = default)
    {
        var votes = new float[count * DecisionTree.ClassCount];
        int[] seeds = new int[count];
        var seedNumbers = new Random(seed);
        for (int i = 0; i < count; i++)
            seeds[i] = seedNumbers.Next(); // each galaxy has its own, whichever core draws it
        AllCores.Run(
            count,
            i =>
            {
                var random = new Random(seeds[i]);
                var traits = GalaxyTraits.Random(random);
                GalaxyVotes.For(traits).CopyTo(votes, i * DecisionTree.ClassCount);
                var image = GalaxyPainter.Paint(traits, random);
                ImageFile.WriteJpeg(GalaxyFolder.ImagePath(folder, FirstId + i), image, JpegQuality);
            },
            progress,
            cancellation);
        long[] ids = [.. Enumerable.Range(0, count).Select(i => FirstId + i)];
        new Labels(ids, votes).Write(GalaxyFolder.LabelsPath(folder));
    }
}
