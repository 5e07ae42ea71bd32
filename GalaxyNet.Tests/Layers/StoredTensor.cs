using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>A tensor in a safetensors file as others write them, of any name and type.</summary>
internal sealed record StoredTensor(string Name, string Type, long[] Extents, byte[] Bytes)
{
    /// <summary>The tensors of a file that was written here.</summary>
    public static StoredTensor[] ReadAll(string path)
    {
        using var file = Safetensors.Open(path);
        return
        [
            .. file.Entries.Values.Select(entry =>
                new StoredTensor(entry.Name, entry.Type.Name, [.. entry.Extents], file.BytesOf(entry.Name))),
        ];
    }

    /// <summary>Writes a file without a checksum.</summary>
    public static void WriteAll(string path, IEnumerable<StoredTensor> tensors)
    {
        var all = tensors.ToList();
        var header = new Dictionary<string, object>();
        long end = 0;
        foreach (var tensor in all)
        {
            long begin = end;
            end += tensor.Bytes.Length;
            header.Add(
                tensor.Name,
                new { dtype = tensor.Type, shape = tensor.Extents, data_offsets = (long[])[begin, end] });
        }
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. all.SelectMany(tensor => tensor.Bytes)]);
    }

    /// <summary>The same float32 numbers as another type; other types stay as they are.</summary>
    public StoredTensor As(string type) => Type != "F32" ? this : this with
    {
        Type = type,
        Bytes = [.. MemoryMarshal.Cast<byte, float>(Bytes).ToArray().SelectMany(number => BytesOf(number, type))],
    };

    private static byte[] BytesOf(float number, string type) => type switch
    {
        "F16" => BitConverter.GetBytes((Half)number),
        "BF16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(number) >> 16)),
        "F64" => BitConverter.GetBytes((double)number),
        _ => BitConverter.GetBytes(number),
    };
}
