namespace GalaxyNet.Train;

/// <summary>The mean of many images, pixel by pixel.</summary>
internal static class AverageImage
{
    /// <summary>Reads images on all cores; the mean of each pixel is rounded down as in the notebook.</summary>
    /// <exception cref="UserErrorException">Images are bad or differ in size: the message names all.</exception>
    public static Image Of(
        IReadOnlyList<GalaxyFile> files, ProgressReport? progress = null, CancellationToken cancellation = default)
    {
        var first = ImageFile.Read(files[0].Path);
        int[] sums = new int[first.Pixels.Length];
        AllCores.Run(
            files.Count,
            i =>
            {
                var image = ImageFile.Read(files[i].Path);
                if (image.Width != first.Width || image.Height != first.Height)
                    throw new UserErrorException(
                        $"{files[i].Path}: is {image.Width}x{image.Height} where {files[0].Path} is "
                        + $"{first.Width}x{first.Height}: the average needs images of one size");
                lock (sums)
                {
                    for (int pixel = 0; pixel < sums.Length; pixel++)
                        sums[pixel] += image.Pixels[pixel];
                }
            },
            progress,
            cancellation);
        byte[] means = Array.ConvertAll(sums, sum => (byte)(sum / files.Count));
        return new Image(first.Width, first.Height, first.Channels, means);
    }
}
