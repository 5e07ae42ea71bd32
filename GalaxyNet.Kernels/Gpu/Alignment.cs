using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>Where memory may be read and written 128 bits at a time.</summary>
internal static class Alignment
{
    /// <summary>
    /// 1 where rows of <paramref name="length"/> floats all start on 16 bytes, else 0: a kernel's arguments cannot be
    /// bools. Every allocation starts on 16 bytes, but a tensor may start anywhere in one.
    /// </summary>
    public static int AllowsFloat4(ArrayView<float> data, int length) =>
        length % 4 == 0 && ((IContiguousArrayView)data).Index % 4 == 0 ? 1 : 0;
}
