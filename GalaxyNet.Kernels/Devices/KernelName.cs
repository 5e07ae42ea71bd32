using System.Reflection;

namespace GalaxyNet.Kernels;

/// <summary>What people call a kernel: its operation, its pass and, if it has one, its tile.</summary>
internal static class KernelName
{
    private const string Suffix = "Kernel";

    /// <summary>
    /// Such as <c>conv2d.Forward.96x128</c>, <c>adam.Update</c>, and for a processor <c>adam.AdamWork</c>.
    /// </summary>
    /// <param name="kernel">
    /// A method; where it has no <see cref="KernelAttribute"/>, its type stands for the operation.
    /// </param>
    public static string Of(MethodInfo kernel)
    {
        var type = kernel.DeclaringType!;
        string? operation = kernel.GetCustomAttribute<KernelAttribute>()?.Operation;
        string pass = kernel.Name switch
        {
            // A kernel of tiles is the only method of a type that carries its name: Conv2dForward.Kernel.
            Suffix => WithoutOperation(type.Name, operation),
            // So is a processor's. Its whole name, as a GPU may have a kernel for the same pass.
            nameof(ISimdWork.Run) => type.Name.Split('`')[0],
            _ => WithoutSuffix(kernel.Name),
        };
        string name = $"{operation ?? type.Name}.{pass}";
        return kernel.IsConstructedGenericMethod ? $"{name}.{TileOf(kernel)}" : name;
    }

    private static string WithoutSuffix(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    private static string WithoutOperation(string name, string? operation)
    {
        string prefix = operation?.Replace("_", "", StringComparison.Ordinal) ?? "";
        return name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? name[prefix.Length..] : name;
    }

    private static string TileOf(MethodInfo kernel)
    {
        var argument = kernel.GetGenericArguments()[0];
        return TileEngine.ShapeOf(argument)?.Name ?? argument.Name;
    }
}
