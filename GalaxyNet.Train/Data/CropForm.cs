using StbImageSharp;

namespace GalaxyNet.Train;

/// <summary>A kind of what is kept of images: see <see cref="CropCache"/>.</summary>
internal interface IKeptForm
{
    /// <summary>The bytes of one of its kind.</summary>
    int Length { get; }

    /// <summary>How files of this kind begin their names.</summary>
    string Name { get; }

    /// <summary>All that the bytes depend on besides the image file, in a line.</summary>
    string Identity { get; }
}

/// <summary>What all crops of a kind have in common, and what their pixels depend on besides their files.</summary>
/// <param name="Crop">How galaxies are cut out.</param>
/// <param name="Size">The width and height, in pixels.</param>
internal sealed record CropForm(GalaxyCrop Crop, int Size) : IKeptForm
{
    // To be raised whenever a change makes other pixels of the same file, or writes them in another way.
    private const int Version = 3;

    /// <summary>The bytes of a crop: [channels, size, size].</summary>
    public int Length => Crop.Channels * Size * Size;

    /// <summary>Memory for crops.</summary>
    /// <param name="count">How many.</param>
    /// <param name="free">The bytes that are left.</param>
    /// <exception cref="UserErrorException">They are too few.</exception>
    public byte[] Allocate(int count, long free)
    {
        long bytes = count * (long)Length;
        long left = Math.Min(free, Array.MaxLength);
        return bytes <= left
            ? new byte[bytes]
            : throw new UserErrorException(
                $"{count:N0} images of {Size}x{Size}x{Crop.Channels} do not fit into memory: they need "
                + $"{ByteCount.Text(bytes)}, and {ByteCount.Text(left)} are left: give fewer of them");
    }

    /// <summary>How files of such crops begin their names: <c>wide-64</c>.</summary>
    public string Name => $"{Crop.Name}-{Size}";

    /// <summary>All of it in a line, with the decoder's build.</summary>
    public string Identity =>
        $"GalaxyNet crops {Version}, {Name}, decoder {typeof(StbImage).Module.ModuleVersionId}";
}
