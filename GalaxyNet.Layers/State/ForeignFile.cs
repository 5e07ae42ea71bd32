using System.Text;

namespace GalaxyNet.Layers;

/// <summary>Tells by its first bytes what a file is that should be safetensors and is not.</summary>
internal static class ForeignFile
{
    private const int MostBytes = 256;
    private const int LengthSize = sizeof(long); // of a safetensors file's header
    private const int ZipNameLengthIndex = 26;
    private const int ZipNameIndex = 30;

    private const string SaveIt = "save it with safetensors.torch.save_file(model.state_dict(), FILE)";
    private const string ConvertIt = "convert it to safetensors";

    /// <summary>How files begin, and what they are.</summary>
    private static readonly (byte[] Start, string What)[] Signatures =
    [
        ([.. "version https://git-lfs"u8], "only says where Git LFS keeps it: run git lfs pull in its repository"),
        ([0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc], $"is a PyTorch file: {SaveIt}"),
        ([0x89, .. "HDF"u8], $"is an HDF5 file, as Keras writes: {ConvertIt}"),
        ([.. "GGUF"u8], $"is a GGUF file: {ConvertIt}"),
        ([0x93, .. "NUMPY"u8], $"is a NumPy file: {ConvertIt}"),
        ([0x1f, 0x8b, 8], "is packed with gzip: unpack it"),
    ];

    /// <summary>Says what the file is and what to do.</summary>
    /// <returns>Null if that cannot be told.</returns>
    public static string? WhatIs(Stream file)
    {
        if (file.Length == 0)
            return "is empty: save or copy it again";
        file.Position = 0;
        byte[] buffer = new byte[MostBytes];
        var start = buffer.AsSpan(0, file.ReadAtLeast(buffer, MostBytes, throwOnEndOfStream: false));
        return MayBeSafetensors(start) ? null : WhatIs(start);
    }

    private static string? WhatIs(ReadOnlySpan<byte> start)
    {
        foreach (var (signature, what) in Signatures)
        {
            if (start.StartsWith(signature))
                return what;
        }
        return start.StartsWith("PK\u0003\u0004"u8) ? WhatZipIs(start)
            : IsPickle(start) ? $"is a Python pickle, as PyTorch writes: {SaveIt}"
            : IsOnnx(start) ? $"is an ONNX file: {ConvertIt}"
            : IsText(start) ? WhatTextIs(start)
            : null;
    }

    /// <summary>Its header's length may have the bytes of any signature, but no more than four of them.</summary>
    private static bool MayBeSafetensors(ReadOnlySpan<byte> start) =>
        start.Length >= LengthSize
        && !start[(LengthSize / 2)..LengthSize].ContainsAnyExcept((byte)0)
        && (start.Length == LengthSize || start[LengthSize] == '{');

    private static bool IsText(ReadOnlySpan<byte> start) =>
        !start.ContainsAnyInRange((byte)0, (byte)8) && !start.ContainsAnyInRange((byte)14, (byte)31);

    private static string WhatTextIs(ReadOnlySpan<byte> start) => start.TrimStart(" \t\r\n\ufeff"u8) switch
    {
        [(byte)'<', ..] => "is a web page: download the file itself",
        [(byte)'{', ..] => "is JSON, perhaps a list of files with tensors: give one with the tensors themselves",
        _ => "is a text, perhaps of an error: download the file itself",
    };

    /// <summary>Goes by the name of the first file in it.</summary>
    private static string WhatZipIs(ReadOnlySpan<byte> start)
    {
        var rest = start[Math.Min(ZipNameIndex, start.Length)..];
        int length = rest.IsEmpty ? 0 : BitConverter.ToUInt16(start[ZipNameLengthIndex..]);
        string name = Encoding.UTF8.GetString(rest[..Math.Min(length, rest.Length)]);
        return name.EndsWith("/data.pkl", StringComparison.Ordinal) || name.Contains("/data/", StringComparison.Ordinal)
            ? $"is a PyTorch file: {SaveIt}"
            : name.EndsWith(".npy", StringComparison.Ordinal) ? $"is a NumPy file: {ConvertIt}"
            : "is a zip archive: unpack it, or convert what it holds to safetensors";
    }

    /// <summary>Of protocol 2 or later, and begins with a dictionary, a class or a frame.</summary>
    private static bool IsPickle(ReadOnlySpan<byte> start) =>
        start is [0x80, >= 2 and <= 5, (byte)'}' or (byte)'c' or 0x95, ..];

    /// <summary>Begins with its version and the name of what wrote it.</summary>
    private static bool IsOnnx(ReadOnlySpan<byte> start) =>
        start is [0x08, < 0x20, 0x12, > 2 and < 0x40, var letter, ..] && char.IsAsciiLetter((char)letter);
}
