namespace GalaxyNet.Tests;

/// <summary>State as the bytes that a file has of it.</summary>
internal static class StateBytes
{
    /// <summary>The bytes of an entry that would be written.</summary>
    public static byte[] ToBytes(this StateEntry entry)
    {
        var bytes = new List<byte>();
        entry.Write(piece => bytes.AddRange(piece));
        return [.. bytes];
    }

    /// <summary>The bytes of a tensor in a file.</summary>
    public static byte[] BytesOf(this Safetensors file, string name)
    {
        var bytes = new byte[file.Entries[name].End - file.Entries[name].Begin];
        file.DataOf(name).ReadExactly(bytes);
        return bytes;
    }
}
