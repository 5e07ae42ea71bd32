using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GalaxyNet.Train;

/// <summary>A crop, and the key of the image file that it was cut out of: see <see cref="CropPack.KeyOf"/>.</summary>
internal readonly record struct KeyedCrop(UInt128 Key, ReadOnlyMemory<byte> Pixels);

/// <summary>A file of many crops: see <see cref="CropCache"/>.</summary>
/// <remarks>
/// First a line with the form of the crops, then the SHA-256 of the table, then the table, which has the key and the
/// checksum of each crop, then the crops. The length of the file tells how many there are.
/// </remarks>
internal sealed class CropPack : IDisposable
{
    private readonly FileStream stream;
    private readonly SafeFileHandle handle; // asked for once: the stream moves its position to give it
    private readonly Entry[] table;
    private readonly long firstCrop;

    private CropPack(string path, FileStream stream, Entry[] table, long firstCrop)
    {
        Path = path;
        this.stream = stream;
        this.table = table;
        this.firstCrop = firstCrop;
        handle = stream.SafeFileHandle;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The keys of the crops, in their order.</summary>
    public IEnumerable<UInt128> Keys => table.Select(entry => entry.Key);

    /// <summary>True if a crop was read.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>True if a crop that was to be read is not what was written.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <returns>Null if it is not, from the first byte of its table to its length, what was written.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CropPack? TryOpen(string path, IKeptForm form)
    {
        var stream = RegularFile.Open(path);
        CropPack? pack = null;
        try
        {
            if (ReadHead(stream, form) is { } table)
                pack = new CropPack(path, stream, table, stream.Position);
            return pack;
        }
        finally
        {
            if (pack is null)
                stream.Dispose();
        }
    }

    /// <summary>Identifies an image file by all of its bytes, of which a SHA-256 is cut to half its length.</summary>
    public static UInt128 KeyOf(ReadOnlySpan<byte> file)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>All of a file before its crops; the same crops make the same bytes.</summary>
    public static byte[] Head(IKeptForm form, IReadOnlyList<KeyedCrop> crops)
    {
        Entry[] table = [.. crops.Select(crop => new Entry(crop.Key, KeyOf(crop.Pixels.Span)))];
        var bytes = MemoryMarshal.AsBytes(table.AsSpan());
        return [.. Line(form), .. SHA256.HashData(bytes), .. bytes];
    }

    /// <summary>Reads a crop. Several threads may do so at once.</summary>
    /// <param name="index">Its place in the file.</param>
    /// <param name="pixels">Gets it, if it is what was written.</param>
    /// <returns>False if it is not.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool TryRead(int index, Span<byte> pixels)
    {
        long position = firstCrop + ((long)index * pixels.Length);
        bool isWhole = RandomAccess.Read(handle, pixels, position) == pixels.Length
            && KeyOf(pixels) == table[index].Sum;
        if (isWhole)
            IsUsed = true;
        else
            IsDamaged = true;
        return isWhole;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static Entry[]? ReadHead(FileStream stream, IKeptForm form)
    {
        byte[] line = Line(form);
        var head = new byte[line.Length + SHA256.HashSizeInBytes];
        long rest = stream.Length - head.Length;
        int entry = Marshal.SizeOf<Entry>() + form.Length;
        if (rest <= 0 || rest % entry != 0 || rest / entry > Array.MaxLength)
            return null;
        stream.ReadExactly(head);
        if (!head.AsSpan().StartsWith(line))
            return null;
        var table = new Entry[rest / entry];
        var bytes = MemoryMarshal.AsBytes(table.AsSpan());
        stream.ReadExactly(bytes);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(head.AsSpan(line.Length)) ? table : null;
    }

    private static byte[] Line(IKeptForm form) => Encoding.UTF8.GetBytes(form.Identity + "\n");

    private readonly record struct Entry(UInt128 Key, UInt128 Sum);
}
