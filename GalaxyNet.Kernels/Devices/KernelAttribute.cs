namespace GalaxyNet.Kernels;

/// <summary>
/// Marks a method as a kernel, so that the tests and the benchmarks find every one of them:
/// those of the <see cref="Schedule.Shared"/> and <see cref="Schedule.Gpu"/> schedules are compiled to PTX.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelAttribute(string operation, Schedule schedule) : Attribute
{
    /// <summary>
    /// The operation the kernel belongs to, by its name in the catalogue, such as <c>conv2d</c>; for a kernel that is
    /// not the library's, what it is part of.
    /// </summary>
    public string Operation { get; } = operation;

    /// <summary>The kind of processor the kernel is written for.</summary>
    public Schedule Schedule { get; } = schedule;
}
