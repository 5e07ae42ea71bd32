using System.Buffers.Binary;

namespace GalaxyNet.Layers;

/// <summary>
/// A file in the safetensors format, open for reading: the header's length in 8 little-endian bytes, the header in
/// JSON, and the tensors' bytes one after the other. PyTorch and NumPy use it too; nothing in it is ever run.
/// </summary>
/// <remarks>Format: https://github.com/huggingface/safetensors#format.</remarks>
internal sealed class Safetensors : IDisposable
{
    private const int LengthSize = sizeof(long);
    private const int MaxHeaderLength = 100_000_000; // the format's own limit

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly FileStream stream;
    private readonly long dataStart;

    private Safetensors(string path, FileStream stream, long dataStart, SafetensorsHeader header)
    {
        Path = path;
        this.stream = stream;
        this.dataStart = dataStart;
        Entries = header.Entries.ToDictionary(entry => entry.Name);
        Metadata = header.Metadata;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True if the file carries a checksum, which has then been found to be that of its bytes.</summary>
    public bool HasChecksum => Metadata.ContainsKey(SafetensorsChecksum.Key);

    /// <summary>The tensors, by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Free text, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its whole header, and all its bytes where it carries a checksum.</summary>
    /// <exception cref="InvalidDataException">
    /// The file breaks the format, or is of another; the message names it and says where, or what it is.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Safetensors Open(string path)
    {
        var stream = RegularFile.Open(path);
        try
        {
            return Open(path, stream);
        }
        catch (Exception error)
        {
            using (stream)
            {
                if (error is FormatException)
                    throw InvalidFile.Error(
                        path,
                        ForeignFile.WhatIs(stream) ?? $"is not a usable safetensors file: {error.Message}",
                        error);
            }
            throw;
        }
    }

    /// <summary>The file from one tensor's bytes on, until the next is asked for.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public Stream DataOf(string name)
    {
        stream.Position = dataStart + Entries[name].Begin;
        return stream;
    }

    /// <summary>Writes a file with a checksum, whole or not at all: see <see cref="AtomicFile"/>.</summary>
    /// <exception cref="ArgumentException">Two entries have the same name.</exception>
    public static void Write(
        string path, IEnumerable<StateEntry> state, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // The 8-byte type first, so that every tensor lies at a multiple of its element's size.
        var ordered = state.OrderByDescending(entry => entry.Type.Size).ToList();
        var checksum = KeyValuePair.Create(SafetensorsChecksum.Key, SafetensorsChecksum.Zeros);
        byte[] header = SerializeHeader(ordered, (metadata ?? Nothing).Prepend(checksum).ToDictionary());
        AtomicFile.Write(path, stream =>
        {
            using var hash = SafetensorsChecksum.Start();
            byte[] length = new byte[LengthSize];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            Append(length);
            Append(header);
            foreach (var entry in ordered)
                entry.Write(Append);
            stream.Position = LengthSize + SafetensorsChecksum.RangeIn(header)!.Value.Start.Value;
            stream.Write(SafetensorsChecksum.DigitsOf(hash));

            void Append(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                stream.Write(bytes);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static Safetensors Open(string path, FileStream stream)
    {
        byte[] start = ReadStart(stream);
        var json = start.AsMemory(LengthSize);
        var header = SafetensorsHeader.Parse(json, stream.Length - start.Length);
        if (header.Metadata.ContainsKey(SafetensorsChecksum.Key))
            SafetensorsChecksum.Verify(start.AsSpan(0, LengthSize), json.Span, stream);
        return new Safetensors(path, stream, start.Length, header);
    }

    /// <summary>Reads the header with its length before it.</summary>
    private static byte[] ReadStart(FileStream stream)
    {
        if (stream.Length < LengthSize)
            throw new FormatException($"it has {stream.Length} bytes, too few for the length of a header");
        Span<byte> bytes = stackalloc byte[LengthSize];
        stream.ReadExactly(bytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)(stream.Length - LengthSize))
            throw new FormatException($"its header of {length} bytes does not fit into the file's {stream.Length}");
        if (length > MaxHeaderLength)
            throw new FormatException($"its header of {length} bytes is over the format's {MaxHeaderLength}");
        var start = new byte[LengthSize + (int)length];
        bytes.CopyTo(start);
        stream.ReadExactly(start.AsSpan(LengthSize));
        return start;
    }

    private static byte[] SerializeHeader(
        IReadOnlyList<StateEntry> state, IReadOnlyDictionary<string, string> metadata)
    {
        if (state.CountBy(entry => entry.Name).FirstOrDefault(group => group.Value > 1).Key is { } twice)
            throw new ArgumentException($"Two tensors have the name {twice}.", nameof(state));
        var entries = new List<SafetensorsEntry>();
        long end = 0;
        foreach (var entry in state)
        {
            long begin = end;
            end += entry.Extents.Aggregate((long)entry.Type.Size!.Value, (size, extent) => size * extent);
            entries.Add(new SafetensorsEntry(entry.Name, entry.Type, entry.Extents, begin, end));
        }
        byte[] json = new SafetensorsHeader(entries, metadata).ToJson();
        return [.. json, .. "        "u8[..((LengthSize - (json.Length % LengthSize)) % LengthSize)]];
    }
}
