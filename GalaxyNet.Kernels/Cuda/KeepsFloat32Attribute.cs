namespace GalaxyNet.Kernels;

/// <summary>
/// The factors of this kernel's products are never rounded to TF32: what comes after it would make much of the errors.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KeepsFloat32Attribute : Attribute;
