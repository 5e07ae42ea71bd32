namespace GalaxyNet.Train;

/// <summary>
/// Covers an image's places one after the other, to see which of them an answer depends on (Zeiler and Fergus 2014,
/// arXiv:1311.2901, figure 7). The patch has the color of the image's sky, an eighth of its side, and moves by half of
/// itself.
/// </summary>
internal sealed class Occlusion
{
    private const int PatchesInSide = 8;

    private readonly int channels;
    private readonly int size;
    private readonly int margin;

    /// <summary>Plans the places of square images.</summary>
    /// <param name="channels">Their channels.</param>
    /// <param name="size">Their width and height, in pixels.</param>
    public Occlusion(int channels, int size)
    {
        (this.channels, this.size) = (channels, size);
        Patch = Math.Max(size / PatchesInSide, 1);
        Step = Math.Max(Patch / 2, 1);
        Places = ((size - Patch) / Step) + 1;
        margin = (size - Patch) % Step / 2;
    }

    /// <summary>The side of the patch, in pixels.</summary>
    public int Patch { get; }

    /// <summary>How far it moves, in pixels.</summary>
    public int Step { get; }

    /// <summary>How many places there are along a side: their square in all.</summary>
    public int Places { get; }

    /// <summary>Where a map with a pixel for each place begins on the image, as a share of its side.</summary>
    public double MapStart => (margin + (Patch / 2.0) - (Step / 2.0)) / size;

    /// <summary>How wide such a map is, as a share of the image's side.</summary>
    public double MapSide => (double)Places * Step / size;

    /// <summary>The image with each place covered, row by row, after the image as it is.</summary>
    /// <param name="image">[channels, size, size].</param>
    /// <returns>[1 + places * places, channels, size, size].</returns>
    public byte[] Cover(ReadOnlySpan<byte> image)
    {
        byte[] sky = SkyOf(image);
        var images = new byte[(1 + (Places * Places)) * image.Length];
        for (int i = 0; i <= Places * Places; i++)
        {
            var covered = images.AsSpan(i * image.Length, image.Length);
            image.CopyTo(covered);
            if (i > 0)
                Paint(covered, margin + ((i - 1) % Places * Step), margin + ((i - 1) / Places * Step), sky);
        }
        return images;
    }

    /// <summary>The color of the sky: in each channel the median of the pixels on the image's edge.</summary>
    /// <param name="image">[channels, size, size].</param>
    public byte[] SkyOf(ReadOnlySpan<byte> image)
    {
        var sky = new byte[channels];
        var edge = new List<byte>();
        for (int channel = 0; channel < channels; channel++)
        {
            var plane = image.Slice(channel * size * size, size * size);
            edge.Clear();
            for (int i = 0; i < size; i++)
                edge.AddRange([plane[i], plane[^(i + 1)], plane[i * size], plane[(i * size) + size - 1]]);
            edge.Sort();
            sky[channel] = edge[edge.Count / 2];
        }
        return sky;
    }

    private void Paint(Span<byte> image, int x, int y, byte[] color)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int row = y; row < y + Patch; row++)
                image.Slice((((channel * size) + row) * size) + x, Patch).Fill(color[channel]);
        }
    }
}
