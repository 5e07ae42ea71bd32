using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// Where the numbers of a slice [depth, lines] lie in shared memory: thread by thread, so that what a thread multiplies
/// at one depth and the next lies side by side, and one address serves all it reads of them.
/// </summary>
/// <remarks>
/// In 128-bit words, of four lines each: [thread, depth, block], where thread t's block b holds the lines 4 (b threads
/// + t) and the three after it. Two rules keep threads that go together on different banks:
/// <list type="bullet">
/// <item>A thread's numbers begin an odd number of words after those of the thread before it: a 128-bit read is served
/// for eight threads at once, and there are eight words of banks.</item>
/// <item>The fifth depth begins four words past a multiple of eight after the first: numbers that come along a line,
/// and are transposed on their way, are written for four threads at both depths at once.</item>
/// </list>
/// </remarks>
internal static class SliceLayout
{
    private const int WordsOfBanks = 8;
    private const int HalfDepth = TileProduct.Depth / 2;

    /// <summary>Words from one thread's numbers to the next thread's.</summary>
    public static int Stride(int blocks) => WordOfDepth(TileProduct.Depth, blocks) + 1;

    /// <summary>Words of a slice of so many lines.</summary>
    public static int Words(int lines, int blocks) => lines / (4 * blocks) * Stride(blocks);

    /// <summary>The word of a thread's first block at a depth, counted from its first number.</summary>
    public static int WordOfDepth(int depth, int blocks) =>
        (depth * blocks) + (depth >= HalfDepth ? MiddlePadding(blocks) : 0);

    /// <summary>The word of a line's block at depth 0.</summary>
    public static int WordOfLine(int line, int lines, int blocks)
    {
        int threads = lines / (4 * blocks);
        return (line / 4 % threads * Stride(blocks)) + (line / 4 / threads);
    }

    private static int MiddlePadding(int blocks) => ((3 * HalfDepth * blocks) + (WordsOfBanks / 2)) % WordsOfBanks;
}

/// <summary>
/// Four words of a slice under one address: ILGPU puts each one's offset into the instruction that reads it.
/// </summary>
internal struct FourWords
{
    public Float4 Word0;
    public Float4 Word1;
    public Float4 Word2;
    public Float4 Word3;

    /// <summary>Those from a word on. (A view cast to them would have to begin at a multiple of four.)</summary>
    public static FourWords At(ArrayView<Float4> words, int word) => Unsafe.As<Float4, FourWords>(ref words[word]);
}
