using System.Reflection;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>What a kernel is compiled from.</summary>
/// <param name="Method">A static method.</param>
/// <param name="Specialization">The groups it is launched with, if that is to be known.</param>
internal readonly record struct KernelCode(MethodInfo Method, KernelSpecialization Specialization = default);
