using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>
/// Copies from memory to shared memory that go on while a thread computes (<c>cp.async</c>), and need no register.
/// </summary>
/// <remarks>
/// A copy may read fewer bytes than it writes, and fills the rest with zeros: reading none is how a sum ends.
/// The driver's compiler makes the size, which is chosen by a predicate, that predicate.
/// </remarks>
internal static class AsyncCopy
{
    /// <summary>
    /// Starts a copy of four bytes if <paramref name="line"/> is under <paramref name="lines"/>; of a zero if
    /// <paramref name="depth"/> is not under <paramref name="terms"/>.
    /// </summary>
    public static void FourBytes(uint to, long from, int depth, int terms, int line, int lines) => CudaAsm.Emit(
        "{ .reg .pred there, copied; .reg .b32 size; setp.lt.s32 copied, %4, %5; "
        + "setp.lt.s32 there, %2, %3; selp.b32 size, 4, 0, there; "
        + "@copied cp.async.ca.shared.global [%0], [%1], 4, size; }",
        to,
        from,
        depth,
        terms,
        line,
        lines);

    /// <summary>The same with 16 bytes, which must lie on a multiple of 16.</summary>
    public static void SixteenBytes(uint to, long from, int depth, int terms, int line, int lines) => CudaAsm.Emit(
        "{ .reg .pred there, copied; .reg .b32 size; setp.lt.s32 copied, %4, %5; "
        + "setp.lt.s32 there, %2, %3; selp.b32 size, 16, 0, there; "
        + "@copied cp.async.cg.shared.global [%0], [%1], 16, size; }",
        to,
        from,
        depth,
        terms,
        line,
        lines);

    /// <summary>
    /// Starts copies of two floats of a line, <see cref="PlaceAlongLines.DepthsOfWarp"/> depths apart; of those from
    /// the depth <paramref name="terms"/> on, of zeros.
    /// </summary>
    /// <remarks>The sum is in the text, or ILGPU would keep one of 64 bits for each line.</remarks>
    /// <param name="toNear">Where the first goes.</param>
    /// <param name="toFar">Where the second goes.</param>
    /// <param name="address">Where the thread's first line is.</param>
    /// <param name="offset">Floats from there to this one.</param>
    /// <param name="terms">Depths from the first float on.</param>
    public static void TwoOfLine(uint toNear, uint toFar, long address, int offset, int terms) => CudaAsm.Emit(
        "{ .reg .pred there; .reg .b32 size; .reg .b64 from; mad.wide.s32 from, %3, 4, %2; "
        + "setp.gt.s32 there, %4, 0; selp.b32 size, 4, 0, there; "
        + "cp.async.ca.shared.global [%0], [from], 4, size; "
        + "setp.gt.s32 there, %4, 8; selp.b32 size, 4, 0, there; "
        + "cp.async.ca.shared.global [%1], [from+32], 4, size; }",
        toNear,
        toFar,
        address,
        offset,
        terms);

    /// <summary>
    /// Starts a copy of the pixel that a <see cref="WindowTap"/> finds in a window, if the image has its row and its
    /// column; else of a zero.
    /// </summary>
    public static void Pixel(uint to, long tap, PixelWindow window) => CudaAsm.Emit(
        "{ .reg .pred there; .reg .b32 offset, row, column, none, other, size; .reg .b64 from; "
        + "ld.global.nc.v4.b32 {offset, row, column, none}, [%1]; "
        + "and.b32 size, row, %3; and.b32 other, column, %4; or.b32 size, size, other; "
        + "setp.eq.u32 there, size, 0; selp.b32 size, 4, 0, there; "
        + "cvt.u64.u32 from, offset; add.s64 from, from, %2; "
        + "cp.async.ca.shared.global [%0], [from], 4, size; }",
        to,
        tap,
        window.Address,
        window.MissingRows,
        window.MissingColumns);

    /// <summary>The same for one tap in two windows; nothing for a line of ones.</summary>
    public static void TwoPixels(uint toNear, uint toFar, long tap, PixelWindow near, PixelWindow far) => CudaAsm.Emit(
        "{ .reg .pred there, copies; .reg .b32 offset, row, column, ones, other, size; .reg .b64 from; "
        + "ld.global.nc.v4.b32 {offset, row, column, ones}, [%2]; setp.eq.u32 copies, ones, 0; "
        + "and.b32 size, row, %4; and.b32 other, column, %5; or.b32 size, size, other; "
        + "setp.eq.u32 there, size, 0; selp.b32 size, 4, 0, there; "
        + "cvt.u64.u32 from, offset; add.s64 from, from, %3; "
        + "@copies cp.async.ca.shared.global [%0], [from], 4, size; "
        + "and.b32 size, row, %7; and.b32 other, column, %8; or.b32 size, size, other; "
        + "setp.eq.u32 there, size, 0; selp.b32 size, 4, 0, there; "
        + "cvt.u64.u32 from, offset; add.s64 from, from, %6; "
        + "@copies cp.async.ca.shared.global [%1], [from], 4, size; }",
        toNear,
        toFar,
        tap,
        near.Address,
        near.MissingRows,
        near.MissingColumns,
        far.Address,
        far.MissingRows,
        far.MissingColumns);

    /// <summary>
    /// Writes a number to a place counted from the shared memory's beginning, and where copies take four floats, three
    /// zeros after it.
    /// </summary>
    public static void Write<TWidth>(uint to, float value)
        where TWidth : struct, ICopyWidth
    {
        if (TWidth.Floats == 4)
            CudaAsm.Emit(
                "{ .reg .b32 place; .reg .f32 zero; mov.f32 zero, 0f00000000; "
                + "add.u32 place, base, %0; st.shared.v4.f32 [place], {%1, zero, zero, zero}; }",
                to,
                value);
        else
            CudaAsm.Emit("{ .reg .b32 place; add.u32 place, base, %0; st.shared.f32 [place], %1; }", to, value);
    }

    /// <summary>Ends the list of a slice's copies, which may be empty.</summary>
    public static void Commit() => CudaAsm.Emit("cp.async.commit_group;");

    /// <summary>
    /// Waits for the current thread's copies for the slice that is multiplied next, and not for those of later ones;
    /// those of other threads have landed after the next barrier.
    /// </summary>
    public static void WaitForNext<TTile>()
        where TTile : struct, ICudaTile
    {
        if (CudaTile.Stages<TTile>() == 3)
            CudaAsm.Emit("cp.async.wait_group 1;");
        else
            CudaAsm.Emit("cp.async.wait_group 0;");
    }
}
