using System.Runtime.InteropServices;

namespace GalaxyNet.Layers;

/// <summary>
/// Reads numbers of any type that can stand for float32 or for an integer, a few at a time: little-endian, as every
/// machine is that .NET supports ILGPU on.
/// </summary>
internal static class SafetensorsNumbers
{
    private const int ChunkLength = 1 << 10;
    private const int BitsBelowBF16 = 16; // it is the upper half of a float32

    /// <summary>True for the types that <see cref="ReadFloats"/> reads.</summary>
    public static bool AreFloats(SafetensorsType type) => type.Name is "F32" or "F16" or "BF16" or "F64";

    /// <summary>True for the types that <see cref="ReadInteger"/> reads.</summary>
    public static bool AreIntegers(SafetensorsType type) =>
        type.Name is "I8" or "U8" or "I16" or "U16" or "I32" or "U32" or "I64" or "U64";

    /// <summary>Reads the next numbers as float32.</summary>
    public static void ReadFloats(Stream source, SafetensorsType type, Span<float> target)
    {
        switch (type.Name)
        {
            case "F32":
                source.ReadExactly(MemoryMarshal.AsBytes(target));
                break;
            case "F16":
                Convert<Half>(source, target, number => (float)number);
                break;
            case "BF16":
                Convert<ushort>(source, target, bits => BitConverter.UInt32BitsToSingle((uint)bits << BitsBelowBF16));
                break;
            case "F64":
                Convert<double>(source, target, number => (float)number);
                break;
            default:
                throw new ArgumentException($"{type} is no floating-point type.", nameof(type));
        }
    }

    /// <summary>Looks for a finite number that float32 has no room for.</summary>
    /// <param name="source">Where the numbers are.</param>
    /// <param name="type">Their type.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>The first; null if there is none.</returns>
    public static double? FirstTooLarge(Stream source, SafetensorsType type, long count)
    {
        if (type.Name != "F64")
            return null;
        var chunk = new double[Math.Min(ChunkLength, count)];
        for (long start = 0; start < count; start += ChunkLength)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(ChunkLength, count - start));
            source.ReadExactly(MemoryMarshal.AsBytes(part));
            foreach (double number in part)
            {
                if (double.IsFinite(number) && !float.IsFinite((float)number))
                    return number;
            }
        }
        return null;
    }

    /// <summary>Reads the next number, an integer.</summary>
    public static Int128 ReadInteger(Stream source, SafetensorsType type)
    {
        Span<byte> room = stackalloc byte[sizeof(long)];
        var bytes = room[..type.Size!.Value];
        source.ReadExactly(bytes);
        return type.Name switch
        {
            "I8" => (sbyte)bytes[0],
            "U8" => bytes[0],
            "I16" => BitConverter.ToInt16(bytes),
            "U16" => BitConverter.ToUInt16(bytes),
            "I32" => BitConverter.ToInt32(bytes),
            "U32" => BitConverter.ToUInt32(bytes),
            "I64" => BitConverter.ToInt64(bytes),
            "U64" => BitConverter.ToUInt64(bytes),
            _ => throw new ArgumentException($"{type} is no type of integers.", nameof(type)),
        };
    }

    private static void Convert<T>(Stream source, Span<float> target, Func<T, float> convert)
        where T : unmanaged
    {
        var chunk = new T[Math.Min(ChunkLength, target.Length)];
        while (target.Length > 0)
        {
            var part = chunk.AsSpan(0, Math.Min(chunk.Length, target.Length));
            source.ReadExactly(MemoryMarshal.AsBytes(part));
            for (int i = 0; i < part.Length; i++)
                target[i] = convert(part[i]);
            target = target[part.Length..];
        }
    }
}
