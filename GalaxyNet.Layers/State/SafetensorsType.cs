namespace GalaxyNet.Layers;

/// <summary>The type of a tensor's elements.</summary>
/// <param name="Name">
/// Its name in the format, such as <c>F32</c>; in a stranger's file perhaps one that the format was given later.
/// </param>
internal readonly record struct SafetensorsType(string Name)
{
    /// <summary>32-bit floating point, as all tensors are here.</summary>
    public static SafetensorsType F32 { get; } = new("F32");

    /// <summary>64-bit integers, as all counters are here.</summary>
    public static SafetensorsType I64 { get; } = new("I64");

    /// <summary>Bytes of an element; null if that is not known, or not a whole number.</summary>
    public int? Size => Name switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" or "F8_E4M3FNUZ" or "F8_E5M2FNUZ" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" or "C64" => 8,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
