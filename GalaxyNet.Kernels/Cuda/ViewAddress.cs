using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The way from a view to an address that inline PTX can read.</summary>
internal static class ViewAddress
{
    /// <summary>Where the first element is, in the device's memory.</summary>
    public static long Address<T>(this ArrayView<T> view)
        where T : unmanaged => view.LoadEffectiveAddressAsPtr();
}
