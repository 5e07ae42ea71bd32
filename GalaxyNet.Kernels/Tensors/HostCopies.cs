using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Blocking copies between host spans and device memory.</summary>
/// <remarks>ILGPU does not pin host memory, so the garbage collector could move it during the copy.</remarks>
internal static unsafe class HostCopies
{
    public static void CopyFromHost<T>(this ArrayView<T> target, ReadOnlySpan<T> source)
        where T : unmanaged
    {
        if (source.Length > target.Length)
            throw new ArgumentException($"{source.Length} elements do not fit into {target.Length}.");
        if (source.IsEmpty)
            return;
        fixed (T* pinned = source)
            target.CopyFromCPU(ref *pinned, source.Length);
    }

    public static void CopyToHost<T>(this ArrayView<T> source, Span<T> target)
        where T : unmanaged
    {
        if (target.Length > source.Length)
            throw new ArgumentException($"{target.Length} elements were asked for, and there are {source.Length}.");
        if (target.IsEmpty)
            return;
        fixed (T* pinned = target)
            source.SubView(0, target.Length).CopyToCPU(ref *pinned, target.Length);
    }
}
