using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// What a thread of 256 carries from memory to the slices of a 128x128 tile, 8 deep: four numbers of A and four of B,
/// 128 bits at a time.
/// </summary>
/// <remarks>
/// A slice lies as <see cref="SliceLayout"/> has it, so that the 16 rows and two depths that a warp stores from A in
/// one instruction fall on 32 different banks.
/// </remarks>
internal struct SliceOfMatrices
{
    public const int Side = 128;
    public const int Depth = 8;

    /// <summary>Blocks of four lines that a thread multiplies.</summary>
    public const int Blocks = 2;

    private const int FoursOfRow = Depth / 4;

    private Float4 left;
    private Float4 right;

    /// <summary>128-bit words of a slice.</summary>
    public static int Words => SliceLayout.Words(Side, Blocks);

    /// <summary>128-bit words from one thread's numbers to the next thread's.</summary>
    public static int Stride => SliceLayout.Stride(Blocks);

    /// <summary>Reads the current thread's numbers of the slices from a depth on; outside the matrices zeros.</summary>
    public static SliceOfMatrices Load(
        ArrayView<float> left, ArrayView<float> right, ProductExtents extents, int start)
    {
        int row = (Grid.IdxY * Side) + (Group.IdxX / FoursOfRow);
        int leftDepth = start + (Group.IdxX % FoursOfRow * 4);
        int rightDepth = start + (Group.IdxX / (Side / 4));
        int column = (Grid.IdxX * Side) + (Group.IdxX % (Side / 4) * 4);
        return new SliceOfMatrices
        {
            left = row < extents.Rows ? FourOf(left, row, leftDepth, extents.Depth, extents.Wide) : default,
            right = rightDepth < extents.Depth
                ? FourOf(right, rightDepth, column, extents.Columns, extents.Wide) : default,
        };
    }

    /// <summary>Writes them to shared memory, from a word on.</summary>
    public readonly void Store(ArrayView<Float4> leftSlice, ArrayView<Float4> rightSlice, int word)
    {
        var leftFloats = leftSlice.Cast<float>();
        int row = Group.IdxX / FoursOfRow;
        int at = (4 * (word + WordOf(row, Group.IdxX % FoursOfRow * 4))) + (row % 4);
        leftFloats[at] = left.X;
        leftFloats[at + (4 * Blocks)] = left.Y;
        leftFloats[at + (8 * Blocks)] = left.Z;
        leftFloats[at + (12 * Blocks)] = left.W;
        rightSlice[word + WordOf(Group.IdxX % (Side / 4) * 4, Group.IdxX / (Side / 4))] = right;
    }

    private static int WordOf(int line, int depth) =>
        SliceLayout.WordOfLine(line, Side, Blocks) + SliceLayout.WordOfDepth(depth, Blocks);

    private static Float4 FourOf(ArrayView<float> matrix, int line, int at, int length, int wide)
    {
        if (at >= length)
            return default;
        int i = (line * length) + at;
        if (wide != 0)
            return matrix.Cast<Float4>()[i / 4];
        return new Float4(
            matrix[i],
            at + 1 < length ? matrix[i + 1] : 0f,
            at + 2 < length ? matrix[i + 2] : 0f,
            at + 3 < length ? matrix[i + 3] : 0f);
    }
}
