namespace GalaxyNet.Kernels;

/// <summary>Which device: how it is reached, and which of those that are reached so.</summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Index">0 for the first, as everywhere but with several GPUs.</param>
public readonly record struct DeviceAddress(DeviceKind Kind, int Index = 0)
{
    /// <summary>The first of a kind.</summary>
    public static implicit operator DeviceAddress(DeviceKind kind) => new(kind);

    /// <summary>Such as <c>cuda:1</c> or, of what a machine has but one of, <c>cpu</c>.</summary>
    public override string ToString()
    {
        string kind = Kind.ToString().ToLowerInvariant();
        return Kind is DeviceKind.Cuda or DeviceKind.OpenCl ? $"{kind}:{Index}" : kind;
    }
}
