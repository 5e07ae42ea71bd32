namespace GalaxyNet.Layers;

/// <summary>The element types that a safetensors file may have here, by their names in the format.</summary>
internal enum SafetensorsType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>64-bit integers.</summary>
    I64,
}

internal static class SafetensorsTypes
{
    public static int Size(this SafetensorsType type) => type == SafetensorsType.F32 ? sizeof(float) : sizeof(long);
}
