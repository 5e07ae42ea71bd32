using StbImageWriteSharp;

namespace GalaxyNet.Train;

/// <summary>How an answer's share changes when a place is covered, as a translucent picture.</summary>
/// <param name="Column">The answer, as an index among the 37 classes.</param>
/// <param name="Changes">For each place, row by row, by how much the share rises: from -1 to 1.</param>
internal sealed record HeatMap(int Column, double[] Changes)
{
    /// <summary>The change that has the strongest color; all above have the same.</summary>
    public const double Full = 0.5;

    /// <summary>Where the answer loses: the network took it from there.</summary>
    public const string LossColor = "#ff8c00";

    /// <summary>Where the answer gains: what is there speaks against it.</summary>
    public const string GainColor = "#3ca0ff";

    private const double Strongest = 0.65; // opacity

    /// <summary>A PNG file with a pixel for each place: transparent where covering it changes nothing.</summary>
    public byte[] ToPng()
    {
        int side = (int)Math.Sqrt(Changes.Length);
        byte[] pixels = [.. Changes.SelectMany(Pixel)];
        using var stream = new MemoryStream();
        new ImageWriter().WritePng(pixels, side, side, ColorComponents.RedGreenBlueAlpha, stream);
        return stream.ToArray();
    }

    private static byte[] Pixel(double change)
    {
        double opacity = Strongest * Math.Min(Math.Abs(change) / Full, 1);
        byte[] color = Convert.FromHexString((change < 0 ? LossColor : GainColor)[1..]);
        return [.. color, (byte)Math.Round(255 * opacity)];
    }
}
