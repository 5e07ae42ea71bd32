namespace GalaxyNet.Train;

/// <summary>What the baselines see of each picture: two colours, as red, green and blue from 0 to 255.</summary>
/// <param name="Centers">The pixel at (height / 2, width / 2), rounded down: [pictures][3].</param>
/// <param name="Averages">The mean over all pixels: [pictures][3].</param>
internal sealed record PictureColors(double[][] Centers, double[][] Averages)
{
    /// <summary>The colours of some of the pictures.</summary>
    public PictureColors Only(int[] pictures) =>
        new([.. pictures.Select(picture => Centers[picture])], [.. pictures.Select(picture => Averages[picture])]);

    /// <summary>Reads pictures as they are, on all cores.</summary>
    /// <param name="files">Which.</param>
    /// <param name="problems">Gets those that are bad.</param>
    /// <param name="progress">Gets the number of pictures done and of all; on any core.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    /// <returns>The colours, and which of the pictures they are of: those that are not bad.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (PictureColors Colors, int[] Good) Read(
        IReadOnlyList<GalaxyFile> files,
        ProblemList problems,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        var colors = new PictureColors(new double[files.Count][], new double[files.Count][]);
        var errors = AllCores.Try(
            files.Count,
            i =>
            {
                var picture = PictureFile.Read(files[i].Path);
                colors.Centers[i] = Center(picture);
                colors.Averages[i] = Average(picture);
            },
            progress,
            cancellation);
        int[] good = problems.AddAll(errors);
        return (colors.Only(good), good);
    }

    private static double[] Center(Picture picture)
    {
        var pixel = picture.Row(picture.Height / 2).Slice(picture.Width / 2 * 3, 3);
        return [pixel[0], pixel[1], pixel[2]];
    }

    private static double[] Average(Picture picture)
    {
        var sums = new long[3];
        for (int i = 0; i < picture.Pixels.Length; i++)
            sums[i % 3] += picture.Pixels[i];
        return Array.ConvertAll(sums, sum => sum / ((double)picture.Width * picture.Height));
    }
}
