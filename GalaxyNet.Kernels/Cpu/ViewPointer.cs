using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The way from a view on the CPU device to its memory.</summary>
internal static unsafe class ViewPointer
{
    /// <summary>The address of the first element. Only for views of the CPU device, whose memory never moves.</summary>
    public static T* Pointer<T>(this ArrayView<T> view)
        where T : unmanaged => (T*)view.LoadEffectiveAddressAsPtr();
}
