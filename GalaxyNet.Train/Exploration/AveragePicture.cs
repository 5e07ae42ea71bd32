namespace GalaxyNet.Train;

/// <summary>The mean of many pictures, pixel by pixel.</summary>
internal static class AveragePicture
{
    /// <summary>Reads pictures on all cores and takes the mean of each pixel, rounded down as the notebook does.</summary>
    /// <param name="files">Which; at least one.</param>
    /// <param name="progress">Gets the number of pictures done and of all; on any core.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    /// <exception cref="UserErrorException">Pictures are bad, or not of one size; the message names all of them.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Picture Of(
        IReadOnlyList<GalaxyFile> files, ProgressReport? progress = null, CancellationToken cancellation = default)
    {
        var first = PictureFile.Read(files[0].Path);
        int[] sums = new int[first.Pixels.Length];
        AllCores.Run(
            files.Count,
            i =>
            {
                var picture = PictureFile.Read(files[i].Path);
                if (picture.Width != first.Width || picture.Height != first.Height)
                    throw new UserErrorException(
                        $"{files[i].Path}: is {picture.Width}x{picture.Height} where {files[0].Path} is "
                        + $"{first.Width}x{first.Height}: the average needs pictures of one size");
                lock (sums)
                {
                    for (int pixel = 0; pixel < sums.Length; pixel++)
                        sums[pixel] += picture.Pixels[pixel];
                }
            },
            progress,
            cancellation);
        byte[] means = Array.ConvertAll(sums, sum => (byte)(sum / files.Count));
        return new Picture(first.Width, first.Height, first.Channels, means);
    }
}
