namespace GalaxyNet.Benchmarks;

/// <summary>
/// Writes the PTX of the CUDA engine's tiles on tensor cores: the constants of <c>TensorTileText.cs</c>. As with
/// <see cref="CudaTileTextWriter"/>, a test compares that file with what this writes.
/// </summary>
/// <remarks>
/// A step takes eight depths, the k of <c>mma.sync.m16n8k8</c>. Lane 4 g + q of a warp has the numbers of A in the rows
/// 2 g and 2 g + 1 of each tile of 16, and those of B in the column g of each of 8; of both at the depths 2 q and
/// 2 q + 1. To the instruction these are its rows g and g + 8 and the depths q and q + 4. A sum does not care which of
/// its terms is which; but so a read brings numbers to neighboring registers, where the instruction wants them, and no
/// two lanes meet in a bank of shared memory.
///
/// Registers by name, those of B like those of A: <c>a0</c>, ... the numbers of the left operand as they were read,
/// four of each tile; <c>ta0</c>, ... the same, rounded to TF32; <c>ra0</c>, ... what rounding took from them;
/// <c>c0</c>, ... the sums, four of each tile of 16x8, row by row of tiles; <c>d0</c>, ... sums of one step;
/// <c>base</c> is where the group's shared memory begins, <c>sa</c> and <c>sb</c> where the thread reads next.
/// </remarks>
internal static class TensorTileTextWriter
{
    private const int DepthsOfStep = 8;
    private const int TilesAtOnce = 4; // of 16x8, whose sums of a step are in registers at the same time
    private const int Padding = 4; // floats after each depth of a slice, as in CudaTile
    private const int BytesOfFloat = 4;

    private static readonly Tile[] Tiles =
    [
        new(128, 128, RowBlocks: 2, ColumnBlocks: 4),
        new(128, 128, RowBlocks: 2, ColumnBlocks: 2),
        new(96, 128, RowBlocks: 3, ColumnBlocks: 2),
        new(64, 128, RowBlocks: 2, ColumnBlocks: 2),
        new(64, 64, RowBlocks: 2, ColumnBlocks: 2),
    ];

    /// <summary>The whole file.</summary>
    public static string Write()
    {
        var file = new PtxConstants(
            "TensorTileText",
            "The PTX of the CUDA engine on tensor cores. <c>TensorTileTextWriter</c> in GalaxyNet.Benchmarks writes",
            "this file, and says there what the registers are called; <c>CONTRIBUTING.md</c> says how to have it",
            "written anew.");
        foreach (var tile in Tiles.DistinctBy(tile => tile.Sums))
        {
            file.Add($"Begin{tile.Sums}", $"A thread's registers, and zeros in its {tile.Sums} sums.", Begin(tile));
            file.Add($"Round{tile.Sums}", "Rounds what was read.", Round(tile));
            file.Add($"Multiply{tile.Sums}", "Adds the products of what was rounded.", Multiply(tile));
            if (tile.ColumnBlocks > 2)
                continue; // no room for twice as many numbers
            file.Add($"BeginSplit{tile.Sums}", "The registers for parts of numbers.", BeginSplit(tile));
            file.Add($"MultiplySplit{tile.Sums}", "Splits what was read, and adds the products.", MultiplySplit(tile));
        }
        foreach (var tile in Tiles)
        {
            file.Add($"Load{tile.Name}", "Reads what is multiplied in the next step.", Load(tile));
            for (int block = 0; block < tile.RowBlocks; block++)
                file.Add(
                    $"Store{block}Of{tile.Name}",
                    $"Writes block {block} of the thread's rows to shared memory.",
                    Store(tile, block));
        }
        return file.End();
    }

    private static IEnumerable<string> Begin(Tile tile) =>
    [
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb;",
        "mov.u32 base, __dyn_shared_alloca;",
        $".reg .f32 a<{tile.Left}>; .reg .f32 b<{tile.Right}>; .reg .f32 c<{tile.SumCount}>;",
        $".reg .b32 ta<{tile.Left}>; .reg .b32 tb<{tile.Right}>;",
        .. from sum in Range(tile.SumCount) select $"mov.f32 c{sum}, 0f00000000;",
    ];

    private static IEnumerable<string> BeginSplit(Tile tile) =>
    [
        $".reg .b32 ra<{tile.Left}>; .reg .b32 rb<{tile.Right}>;",
        $".reg .f32 d<{4 * TilesAtOnce}>; .reg .f32 zero; mov.f32 zero, 0f00000000;",
    ];

    // Volatile, so that the driver's compiler leaves the reads where they are.
    private static IEnumerable<string> Load(Tile tile) =>
    [
        .. from row in Range(tile.Down)
           from depth in Range(2)
           let offset = (depth * PitchBytes(tile.Rows)) + (tile.RowOf(row) * BytesOfFloat)
           let registers = Names("a", (4 * row) + (2 * depth), 2)
           select $"ld.volatile.shared.v2.f32 {{{registers}}}, [sa+{offset}];",
        .. from column in Range(tile.Across)
           from depth in Range(2)
           let offset = (depth * PitchBytes(tile.Columns)) + (tile.ColumnOf(column) * BytesOfFloat)
           select $"ld.volatile.shared.f32 b{(2 * column) + depth}, [sb+{offset}];",
        $"add.u32 sa, sa, {DepthsOfStep * PitchBytes(tile.Rows)};",
        $"add.u32 sb, sb, {DepthsOfStep * PitchBytes(tile.Columns)};",
    ];

    private static IEnumerable<string> Round(Tile tile) =>
        from number in tile.Numbers
        select $"cvt.rna.tf32.f32 t{number}, {number};";

    // Rounded by hand, for the rest needs the number without its last bits: half a unit is added, and they are
    // cleared. A NaN survives, if not there, in the rest. That has at most one bit more than tensor cores read of it.
    private static IEnumerable<string> Split(string number) =>
    [
        $"mov.b32 t{number}, {number};",
        $"add.u32 t{number}, t{number}, 0x1000;",
        $"and.b32 t{number}, t{number}, 0xffffe000;",
        $"sub.rn.f32 r{number}, {number}, t{number};",
    ];

    private static IEnumerable<string> Multiply(Tile tile) =>
        from row in Range(tile.Down)
        from column in Range(tile.Across)
        let sums = Names("c", tile.FirstSum(row, column), 4)
        select Multiply(sums, "ta", "tb", row, column, sums);

    private static IEnumerable<string> MultiplySplit(Tile tile) =>
    [
        .. Range(tile.Right).SelectMany(i => Split($"b{i}")),
        .. from row in Range(tile.Down)
           from instruction in (string[])
           [
               .. Enumerable.Range(4 * row, 4).SelectMany(i => Split($"a{i}")),
               .. Range(tile.Across).Chunk(TilesAtOnce).SelectMany(columns => MultiplyRow(tile, row, columns)),
           ]
           select instruction,
    ];

    // The smallest products first. The sums of a step begin at zero, and are added to the others as float32, for tensor
    // cores round what they add towards zero.
    private static IEnumerable<string> MultiplyRow(Tile tile, int row, int[] columns) =>
    [
        .. columns.Select(column => MultiplyPart("ra", "tb", row, column, isFirst: true)),
        .. columns.Select(column => MultiplyPart("ta", "rb", row, column, isFirst: false)),
        .. columns.Select(column => MultiplyPart("ta", "tb", row, column, isFirst: false)),
        .. from column in columns
           from i in Range(4)
           let sum = $"c{tile.FirstSum(row, column) + i}"
           select $"add.rn.f32 {sum}, {sum}, d{(4 * (column % TilesAtOnce)) + i};",
    ];

    private static string MultiplyPart(string left, string right, int row, int column, bool isFirst)
    {
        string sums = Names("d", 4 * (column % TilesAtOnce), 4);
        return Multiply(sums, left, right, row, column, isFirst ? "zero, zero, zero, zero" : sums);
    }

    /// <summary>One product of 16x8 by 8 depths.</summary>
    private static string Multiply(string to, string left, string right, int row, int column, string added) =>
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 "
        + $"{{{to}}}, {{{Names(left, 4 * row, 4)}}}, {{{Names(right, 2 * column, 2)}}}, {{{added}}};";

    // Two neighboring sums of each of two rows.
    private static IEnumerable<string> Store(Tile tile, int block) =>
    [
        "{ .reg .b32 to; add.u32 to, base, %0;",
        .. from row in Enumerable.Range(2 * block, 2)
           from half in Range(2)
           from column in Range(tile.Across)
           let rowOfBlock = (tile.RowOf(row) - tile.RowOf(2 * block)) + half
           let offset = (rowOfBlock * PitchBytes(tile.Columns)) + (tile.ColumnOf(column) * BytesOfFloat)
           let registers = Names("c", tile.FirstSum(row, column) + (2 * half), 2)
           select $"st.shared.v2.f32 [to+{offset}], {{{registers}}};",
        "}",
    ];

    private static int PitchBytes(int lines) => BytesOfFloat * (lines + Padding);

    private static string Names(string name, int first, int count) =>
        string.Join(", ", Range(count).Select(number => name + (first + number)));

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);

    /// <param name="Rows">Rows that a group computes.</param>
    /// <param name="Columns">Columns that a group computes.</param>
    /// <param name="RowBlocks">Blocks of four rows of a thread, and of 32 rows of a warp.</param>
    /// <param name="ColumnBlocks">Blocks of four columns of a thread, and of 16 columns of a warp.</param>
    private sealed record Tile(int Rows, int Columns, int RowBlocks, int ColumnBlocks)
    {
        /// <summary>Tiles of 16x8 one below the other.</summary>
        public int Down => 2 * RowBlocks;

        /// <summary>Tiles of 16x8 side by side.</summary>
        public int Across => 2 * ColumnBlocks;

        /// <summary>Sums of a thread.</summary>
        public int SumCount => 4 * Down * Across;

        /// <summary>Numbers of the left operand that a thread reads in a step.</summary>
        public int Left => 4 * Down;

        /// <summary>Those of the right operand.</summary>
        public int Right => 2 * Across;

        /// <summary>All of them.</summary>
        public IEnumerable<string> Numbers =>
            [.. Range(Left).Select(i => $"a{i}"), .. Range(Right).Select(i => $"b{i}")];

        /// <summary>Such as 8x16: the sums of a thread.</summary>
        public string Sums => $"{4 * RowBlocks}x{4 * ColumnBlocks}";

        /// <summary>Such as 128x128By16: the tile, and the columns of a thread.</summary>
        public string Name => $"{Rows}x{Columns}By{4 * ColumnBlocks}";

        /// <summary>The first of a thread's sums in a tile of 16x8.</summary>
        public int FirstSum(int row, int column) => 4 * ((row * Across) + column);

        /// <summary>Where a tile of 16 rows begins: two of all warps together are a block.</summary>
        public int RowOf(int row) => (row / 2 * (Rows / RowBlocks)) + (16 * (row % 2));

        /// <summary>Where a tile of 8 columns begins: four of all warps come before the next four.</summary>
        public int ColumnOf(int column) => (column / 4 * (2 * Columns / ColumnBlocks)) + (8 * (column % 4));
    }
}
