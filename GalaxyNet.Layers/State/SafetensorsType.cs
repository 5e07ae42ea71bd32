namespace GalaxyNet.Layers;

/// <summary>The type of a tensor's elements.</summary>
/// <param name="Name">
/// Its name in the format, such as <c>F32</c>; in a stranger's file perhaps one that the format was given later.
/// </param>
internal readonly record struct SafetensorsType(string Name)
{
    /// <summary>Bytes of an element, of the types that have a whole number of them.</summary>
    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1,
        ["F8_E4M3"] = 1, ["F8_E5M2"] = 1, ["F8_E8M0"] = 1, ["F8_E4M3FNUZ"] = 1, ["F8_E5M2FNUZ"] = 1,
        ["U16"] = 2, ["I16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["U32"] = 4, ["I32"] = 4, ["F32"] = 4,
        ["U64"] = 8, ["I64"] = 8, ["F64"] = 8, ["C64"] = 8,
    };

    /// <summary>32-bit floating point, as all tensors are here.</summary>
    public static SafetensorsType F32 { get; } = new("F32");

    /// <summary>64-bit integers, as all counters are here.</summary>
    public static SafetensorsType I64 { get; } = new("I64");

    /// <summary>Bytes of an element; null if that is not known, or not a whole number.</summary>
    public int? Size => Sizes.TryGetValue(Name, out int size) ? size : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
