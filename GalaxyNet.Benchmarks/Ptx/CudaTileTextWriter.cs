namespace GalaxyNet.Benchmarks;

/// <summary>
/// Writes the PTX that the CUDA engine's kernels are made of: the constants of <c>CudaTileText.cs</c>, because ILGPU
/// takes inline PTX from literals only. A test compares that file with what this writes.
/// </summary>
/// <remarks>
/// Registers by name: <c>c0</c>, <c>c1</c>, ... are a thread's sums row by row, eight in a row; <c>ae0</c>, ... and
/// <c>be0</c>, ... its numbers of the left and of the right operand at an even depth, <c>ao0</c>, ... and <c>bo0</c>,
/// ... at an odd one; <c>base</c> is where the group's shared memory begins, <c>sa</c> and <c>sb</c> where the thread
/// reads next.
/// </remarks>
internal static class CudaTileTextWriter
{
    private const char Even = 'e';
    private const char Odd = 'o';
    private const int Width = 8; // sums in a row of a thread
    private const int Padding = 4; // floats after each depth of a slice, as in CudaTile
    private const int BytesOfFloat = 4;

    // Rows and columns of each tile, and the blocks of four rows of its threads.
    private static readonly (int Rows, int Columns, int RowBlocks)[] Tiles =
        [(128, 128, 2), (96, 128, 3), (64, 128, 2), (64, 64, 2)];

    /// <summary>The whole file.</summary>
    public static string Write()
    {
        var file = new PtxConstants(
            "CudaTileText",
            "The PTX of the CUDA engine. <c>CudaTileTextWriter</c> in GalaxyNet.Benchmarks writes this file, and",
            "says there what the registers are called; <c>CONTRIBUTING.md</c> says how to have it written anew.");
        foreach (int rowBlocks in Tiles.Select(tile => tile.RowBlocks).Distinct())
        {
            int rows = 4 * rowBlocks;
            string sums = $"{rows}x{Width}";
            file.Add($"Begin{sums}", $"A thread's registers, and zeros in its {sums} sums.", Begin(rows));
            file.Add($"MultiplyEven{sums}", "Adds the products at an even depth.", Multiply(rows, Even));
            file.Add($"MultiplyOdd{sums}", "Adds the products at an odd depth.", Multiply(rows, Odd));
        }
        foreach (var tile in Tiles)
        {
            string name = $"{tile.Rows}x{tile.Columns}";
            file.Add($"LoadEven{name}", "Reads what is multiplied at the next depth, an even one.", Load(tile, Even));
            file.Add($"LoadOdd{name}", "Reads what is multiplied at the next depth, an odd one.", Load(tile, Odd));
            for (int block = 0; block < tile.RowBlocks; block++)
                file.Add(
                    $"Store{block}Of{name}",
                    $"Writes block {block} of the thread's rows to shared memory.",
                    Store(tile, block));
        }
        return file.End();
    }

    private static IEnumerable<string> Begin(int rows) =>
    [
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb;",
        "mov.u32 base, __shared_alloca0;",
        .. from parity in (char[])[Even, Odd] select $".reg .f32 a{parity}<{rows}>; .reg .f32 b{parity}<{Width}>;",
        $".reg .f32 c<{rows * Width}>;",
        .. from sum in Enumerable.Range(0, rows * Width) select $"mov.f32 c{sum}, 0f00000000;",
    ];

    private static IEnumerable<string> Multiply(int rows, char parity) =>
        from row in Enumerable.Range(0, rows)
        from column in Enumerable.Range(0, Width)
        let sum = $"c{(row * Width) + column}"
        select $"fma.rn.f32 {sum}, a{parity}{row}, b{parity}{column}, {sum};";

    private static IEnumerable<string> Load((int Rows, int Columns, int RowBlocks) tile, char parity) =>
    [
        .. LoadBlocks('a', parity, tile.Rows, tile.RowBlocks),
        .. LoadBlocks('b', parity, tile.Columns, Width / 4),
        $"add.u32 sa, sa, {PitchBytes(tile.Rows)};",
        $"add.u32 sb, sb, {PitchBytes(tile.Columns)};",
    ];

    // A thread's blocks lie as far apart as the threads of the group are many. The reads are volatile so that the
    // driver's compiler leaves them where they are: it would have more of them on their way than there are registers.
    private static IEnumerable<string> LoadBlocks(char operand, char parity, int lines, int blocks) =>
        from block in Enumerable.Range(0, blocks)
        let registers = FourNames($"{operand}{parity}", 4 * block)
        select $"ld.volatile.shared.v4.f32 {{{registers}}}, [s{operand}+{block * lines / blocks * BytesOfFloat}];";

    private static IEnumerable<string> Store((int Rows, int Columns, int RowBlocks) tile, int rowBlock) =>
    [
        "{ .reg .b32 to; add.u32 to, base, %0;",
        .. from row in Enumerable.Range(0, 4)
           from block in Enumerable.Range(0, Width / 4)
           let offset = (row * PitchBytes(tile.Columns)) + (block * tile.Columns / (Width / 4) * BytesOfFloat)
           let registers = FourNames("c", (((4 * rowBlock) + row) * Width) + (4 * block))
           select $"st.shared.v4.f32 [to+{offset}], {{{registers}}};",
        "}",
    ];

    private static int PitchBytes(int lines) => BytesOfFloat * (lines + Padding);

    private static string FourNames(string name, int first) =>
        string.Join(", ", Enumerable.Range(first, 4).Select(number => name + number));
}
