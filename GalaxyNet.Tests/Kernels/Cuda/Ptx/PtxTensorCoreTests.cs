namespace GalaxyNet.Tests;

/// <summary>Instructions of tensor cores compute what <see cref="TensorCore"/> says, to the last bit.</summary>
[TestFixture]
internal sealed class PtxTensorCoreTests
{
    private const int Lanes = 32;
    private const int Rows = 16;
    private const int Columns = 8;
    private const int WordsIn = 10; // of a lane: four of A, two of B, four of C
    private const int WordsOut = 4;

    /// <summary>The matrices of a warp, as bits of floats.</summary>
    private sealed record Matrices(uint[,] A, uint[,] B, uint[,] C)
    {
        public static Matrices Of(Func<int, int, uint> a, Func<int, int, uint> b, Func<int, int, uint> c) => new(
            Filled(Rows, TensorCore.Terms, a), Filled(TensorCore.Terms, Columns, b), Filled(Rows, Columns, c));

        public uint Sum(int row, int column)
        {
            Span<float> a = stackalloc float[TensorCore.Terms], b = stackalloc float[TensorCore.Terms];
            for (int i = 0; i < TensorCore.Terms; i++)
                (a[i], b[i]) = (Float(A[row, i]), Float(B[i, column]));
            return Bits(TensorCore.MultiplyAdd(a, b, Float(C[row, column])));
        }

        public IEnumerable<uint> In(int lane)
        {
            (int line, int place) = (lane / 4, lane % 4);
            return
            [
                A[line, place], A[line + 8, place], A[line, place + 4], A[line + 8, place + 4],
                B[place, line], B[place + 4, line],
                .. Out(lane, (row, column) => C[row, column]),
            ];
        }

        private static uint[,] Filled(int rows, int columns, Func<int, int, uint> value)
        {
            uint[,] matrix = new uint[rows, columns];
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    matrix[i, j] = value(i, j);
            return matrix;
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static float Float(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    private static IEnumerable<uint> Out(int lane, Func<int, int, uint> value)
    {
        (int row, int column) = (lane / 4, 2 * (lane % 4));
        return [value(row, column), value(row, column + 1), value(row + 8, column), value(row + 8, column + 1)];
    }

    /// <summary>A warp for each of the matrices, four warps a group.</summary>
    private static uint[] Multiply(Matrices[] matrices)
    {
        const string text = """
            .reg .b32 t, g, n, a<4>, b<2>; .reg .f32 c<4>; .reg .b64 from, to;
            mov.u32 t, %tid.x; mov.u32 g, %ctaid.x; mov.u32 n, %ntid.x; mad.lo.u32 t, g, n, t;
            mul.wide.u32 from, t, 40; add.u64 from, from, %a; mul.wide.u32 to, t, 16; add.u64 to, to, %b;
            ld.global.v2.b32 {a0, a1}, [from]; ld.global.v2.b32 {a2, a3}, [from+8];
            ld.global.v2.b32 {b0, b1}, [from+16]; ld.global.v2.f32 {c0, c1}, [from+24];
            ld.global.v2.f32 {c2, c3}, [from+32];
            mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32
                {c0, c1, c2, c3}, {a0, a1, a2, a3}, {b0, b1}, {c0, c1, c2, c3};
            st.global.v4.f32 [to], {c0, c1, c2, c3};
            """;
        uint[] words = [.. matrices.SelectMany(each => Enumerable.Range(0, Lanes).SelectMany(each.In))];
        Assert.That(words, Has.Length.EqualTo(matrices.Length * Lanes * WordsIn));
        var run = PtxRun.Of(text, matrices.Length / 4, 4 * Lanes, words, new uint[matrices.Length * Lanes * WordsOut]);
        Assert.That(run.Fault, Is.Empty);
        return run.Memory[1];
    }

    private static uint[] Expected(Matrices[] matrices, Func<Matrices, int, int, uint> sum) =>
    [
        .. matrices.SelectMany(each => Enumerable.Range(0, Lanes).SelectMany(
            lane => Out(lane, (row, column) => sum(each, row, column)))),
    ];

    [Test]
    public void EveryLaneHoldsItsPartsOfTheMatrices()
    {
        Matrices[] matrices =
        [
            .. Enumerable.Range(0, 8).Select(warp => Matrices.Of(
                (i, j) => Bits(1 + 8 * i + j + 200 * warp),
                (i, j) => Bits(1 + 8 * i + j),
                (i, j) => Bits(1000 * warp + 8 * i + j))),
        ];
        uint[] expected = Expected(matrices, (each, row, column) => Bits(
            Float(each.C[row, column])
            + Enumerable.Range(0, TensorCore.Terms).Sum(k => Float(each.A[row, k]) * Float(each.B[k, column]))));
        Assert.That(Multiply(matrices), Is.EqualTo(expected));
    }

    private static float Number(Random random, int least, int most) =>
        MathF.ScaleB(random.NextSingle() + 1, random.Next(least, most)) * (1 - 2 * random.Next(2));

    private static readonly uint[] Specials =
    [
        0, 0x80000000, 1, 0x807fffff, 0x00800000, 0x3f800000, 0xbf800000, 0x7f7fffff, 0xff7fffff, 0x7f800000,
        0xff800000, 0x7f800001, 0x7fc00000,
    ];

    private static readonly TestCaseData[] Kinds =
    [
        Kind("of about one", random => Bits(Number(random, -1, 1))),
        Kind("of some sizes", random => Bits(Number(random, -8, 8))),
        Kind("of all sizes", random => Bits(Number(random, -60, 60))),
        Kind("that cancel", random => Bits(MathF.Round(4 * Number(random, -1, 0)) / 4 * (1 + MathF.ScaleB(1, -10)))),
        Kind("with hardly subnormal sums", random => Bits(Number(random, -68, -60))),
        Kind("with subnormal sums", random => Bits(Number(random, -76, -60))),
        Kind("with sums of almost nothing", random => Bits(Number(random, -80, -68)), _ => 0),
        Kind("that are subnormal", random => (uint)random.Next() & (random.Next(2) == 0 ? 0x80ffffff : ~0u)),
        Kind(
            "with sums that overflow",
            random => Bits(Number(random, 60, 64)),
            random => Bits(Number(random, 120, 128))),
        Kind("of any bits", random => (uint)random.NextInt64()),
        Kind("with infinities and what is no number", random => Specials[random.Next(Specials.Length)]),
        Kind("with a few such", random => random.Next(20) == 0
            ? Specials[random.Next(Specials.Length)]
            : Bits(Number(random, -1, 1))),
    ];

    // The last of each number is for the sums that products are added to, where these are of another kind.
    private static TestCaseData Kind(string name, Func<Random, uint> factor, Func<Random, uint>? added = null) =>
        new TestCaseData(factor, added ?? factor).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Kinds))]
    public void ProductsAreThoseOfTheModel(Func<Random, uint> factor, Func<Random, uint> added)
    {
        var random = new Random(5);
        Matrices[] matrices =
        [
            .. Enumerable.Range(0, 40).Select(_ => Matrices.Of(
                (_, _) => factor(random), (_, _) => factor(random), (_, _) => added(random))),
        ];
        Assert.That(Multiply(matrices), Is.EqualTo(Expected(matrices, (each, row, column) => each.Sum(row, column))));
    }

    /// <summary>1 and seven times the same power of two.</summary>
    [TestCase(-23, 7)]
    [TestCase(-24, 3)]
    [TestCase(-25, 1)]
    [TestCase(-26, 0)]
    public void SmallTermsLoseWhatIsBelowTwoFurtherBits(int exponent, int lastBits)
    {
        float small = MathF.ScaleB(1, exponent);
        float[] ones = [.. Enumerable.Repeat(1f, TensorCore.Terms)];
        float[] terms = [0, .. Enumerable.Repeat(small, TensorCore.Terms - 1)];
        Assert.That(TensorCore.MultiplyAdd(terms, ones, 1), Is.EqualTo(1 + MathF.ScaleB(lastBits, -23)));
        float[] minusOnes = [.. ones.Select(one => -one)];
        Assert.That(TensorCore.MultiplyAdd(minusOnes, terms, -1), Is.EqualTo(-1 - MathF.ScaleB(lastBits, -23)));
    }

    [Test]
    public void ConversionsRoundToTheNearest()
    {
        const string text = """
            .reg .b32 t, g, n, a; .reg .f32 x, y; .reg .b64 at;
            mov.u32 t, %tid.x; mov.u32 g, %ctaid.x; mov.u32 n, %ntid.x; mad.lo.u32 t, g, n, t;
            mul.wide.u32 at, t, 4; add.u64 at, at, %a;
            ld.global.f32 x, [at]; cvt.rna.tf32.f32 a, x; cvt.rna.tf32.f32 y, a; st.global.f32 [at], y;
            """;
        // Beside any bits: all exponents with what is about a tie, and about the largest and least number of each.
        uint[] ends = [0, 1, 0xfff, 0x1000, 0x1001, 0x2fff, 0x3000, 0x3001, 0x7fefff, 0x7ff000, 0x7fffff];
        var random = new Random(6);
        uint[] words =
        [
            .. Enumerable.Range(0, 512).SelectMany(exponent => ends.Select(end => (uint)exponent << 23 | end)),
            .. Enumerable.Range(0, 512 * 21).Select(_ => (uint)random.NextInt64()),
        ];
        var run = PtxRun.Of(text, words.Length / 512, 512, words);
        Assert.That(run.Fault, Is.Empty);
        Assert.That(run.Memory[0], Is.EqualTo(words.Select(word => Bits(TensorCore.RoundToTensorFloat(Float(word))))));
    }
}
