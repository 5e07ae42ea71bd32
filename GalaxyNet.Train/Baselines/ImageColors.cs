namespace GalaxyNet.Train;

/// <summary>What the baselines use of each image: two colors, as red, green and blue from 0 to 255.</summary>
/// <param name="Centers">The pixel at (height / 2, width / 2), rounded down: [images][3].</param>
/// <param name="Averages">The mean over all pixels: [images][3].</param>
internal sealed record ImageColors(double[][] Centers, double[][] Averages)
{
    /// <summary>The colors of some of the images.</summary>
    public ImageColors Only(int[] images) =>
        new([.. images.Select(image => Centers[image])], [.. images.Select(image => Averages[image])]);

    /// <summary>Reads images as they are, on all cores; bad ones are added to the galaxies' problems.</summary>
    /// <returns>The colors, and which of the images they are of: those that are not bad.</returns>
    public static (ImageColors Colors, int[] Good) Read(
        GalaxyFolder galaxies, ProgressReport? progress = null, CancellationToken cancellation = default)
    {
        var files = galaxies.Images;
        var colors = new ImageColors(new double[files.Count][], new double[files.Count][]);
        var errors = AllCores.Try(
            files.Count,
            i =>
            {
                var image = ImageFile.Read(files[i].Path);
                colors.Centers[i] = Center(image);
                colors.Averages[i] = Average(image);
            },
            progress,
            cancellation);
        int[] good = galaxies.Problems.AddAll(errors);
        return (colors.Only(good), good);
    }

    private static double[] Center(Image image)
    {
        var pixel = image.Row(image.Height / 2).Slice(image.Width / 2 * 3, 3);
        return [pixel[0], pixel[1], pixel[2]];
    }

    private static double[] Average(Image image)
    {
        var sums = new long[3];
        for (int i = 0; i < image.Pixels.Length; i++)
            sums[i % 3] += image.Pixels[i];
        return Array.ConvertAll(sums, sum => sum / ((double)image.Width * image.Height));
    }
}
