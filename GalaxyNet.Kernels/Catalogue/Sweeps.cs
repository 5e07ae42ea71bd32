namespace GalaxyNet.Kernels;

/// <summary>How large a case of the sweep is.</summary>
internal enum SweepSize
{
    /// <summary>Too small to keep a device busy: what a launch costs.</summary>
    Small,

    /// <summary>In between.</summary>
    Medium,

    /// <summary>Too large for most caches.</summary>
    Large,
}

/// <summary>The three sizes that each operation is timed at beside the shapes of attempt 4.</summary>
internal static class Sweeps
{
    /// <summary>Of an operation on batches of images.</summary>
    public static IEnumerable<OperationCase> OfImages(Func<string, Shape, OperationCase> create) =>
    [
        create("4 images, 16 channels of 16x16", [4, 16, 16, 16]) with { Size = SweepSize.Small },
        create("16 images, 32 channels of 32x32", [16, 32, 32, 32]) with { Size = SweepSize.Medium },
        create("32 images, 64 channels of 64x64", [32, 64, 64, 64]) with { Size = SweepSize.Large },
    ];

    /// <summary>Of an operation that goes element by element.</summary>
    public static IEnumerable<OperationCase> OfElements(
        Func<string, Shape, OperationCase> create, string noun = "elements") =>
    [
        create($"2^12 {noun}", [1 << 12]) with { Size = SweepSize.Small },
        create($"2^17 {noun}", [1 << 17]) with { Size = SweepSize.Medium },
        create($"2^22 {noun}", [1 << 22]) with { Size = SweepSize.Large },
    ];

    /// <summary>Of an operation at the end of a network.</summary>
    public static IEnumerable<OperationCase> OfRows(Func<string, int, OperationCase> create) =>
    [
        create("16 rows", 16) with { Size = SweepSize.Small },
        create("256 rows", 256) with { Size = SweepSize.Medium },
        create("4096 rows", 4096) with { Size = SweepSize.Large },
    ];
}
