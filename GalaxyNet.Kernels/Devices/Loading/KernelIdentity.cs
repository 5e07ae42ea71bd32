using System.Security.Cryptography;
using System.Text;
using ILGPU.Algorithms;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>Everything that the PTX of a kernel depends on, but for what was compiled before.</summary>
/// <param name="Name">See <see cref="KernelName"/>.</param>
/// <param name="Hash">SHA-256 of the rest, in hexadecimal.</param>
internal sealed record KernelIdentity(string Name, string Hash)
{
    /// <summary>The identity of a kernel that is compiled for a GPU.</summary>
    public static KernelIdentity Of(
        KernelCode kernel, CudaArchitecture architecture, CudaInstructionSet instructionSet)
    {
        var method = kernel.Method;
        string name = KernelName.Of(method);
        Type[] tiles = method.IsGenericMethod ? method.GetGenericArguments() : [];
        // A build of the same code has the same version identifier, and any other has another.
        var modules = new[] { method.Module, typeof(Device).Module, typeof(Context).Module, typeof(XMath).Module }
            .Concat(tiles.Select(tile => tile.Module));
        string all = string.Join('\n',
        [
            name,
            $"{method.DeclaringType}.{method}",
            .. tiles.Select(tile => tile.FullName!),
            $"{kernel.Specialization}",
            $"{architecture} {instructionSet}",
            $".NET {Environment.Version}",
            .. modules.Select(module => module.ModuleVersionId.ToString()),
        ]);
        return new KernelIdentity(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all))));
    }
}
