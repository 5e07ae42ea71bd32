namespace GalaxyNet.Train;

/// <summary>Looks whether crops were written to a folder earlier, and are whole.</summary>
internal static class WrittenCrop
{
    /// <summary>Looks at files, on all cores.</summary>
    /// <param name="paths">Where the crops would be.</param>
    /// <param name="crop">How galaxies are cut out.</param>
    /// <param name="size">The width and height, in pixels.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>False for those that are to be written: missing, empty or damaged.</returns>
    /// <exception cref="UserErrorException">The first that is of another crop or size, or cannot be read.</exception>
    public static bool[] AreThere(
        IReadOnlyList<string> paths, GalaxyCrop crop, int size, CancellationToken cancellation)
    {
        var areThere = new bool[paths.Count];
        var errors = AllCores.Try(
            paths.Count, i => areThere[i] = IsThere(paths[i], crop, size), progress: null, cancellation);
        return errors.FirstOrDefault(error => error is not null) is { } first ? throw first : areThere;
    }

    private static bool IsThere(string path, GalaxyCrop crop, int size)
    {
        if (!File.Exists(path))
            return false;
        byte[] file = ImageFile.ReadBytes(path);
        if (IsWreck(file))
            return false;
        // Keeps images of different crops or sizes, and what is no crop at all, from being mixed in one folder.
        if (PngFrame.Of(file) is not { } frame
            || frame.Width != size || frame.Height != size || frame.BitsPerPixel != 8 * crop.Channels)
            throw new UserErrorException(
                $"{path}: is already there with another --crop or --size; give another --out");
        return true;
    }

    /// <summary>True for what is left of a PNG: none of it, zeros in its place, or a damaged one.</summary>
    private static bool IsWreck(ReadOnlySpan<byte> file) => PngCheck.IsPng(file)
        ? PngCheck.Problem(file) is not null
        : PngChunks.Signature.StartsWith(file) || !file.ContainsAnyExcept((byte)0);
}
