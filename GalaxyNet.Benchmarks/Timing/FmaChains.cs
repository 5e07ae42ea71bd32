using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Sixteen chains of multiply-adds in a thread's registers, none of which waits for another: what a GPU does at most.
/// </summary>
/// <remarks>
/// ILGPU does not unroll loops. Sixteen links of each chain are written out, so that counting and branching take 4 of
/// the loop's 260 instructions.
/// </remarks>
internal struct FmaChains
{
    /// <summary>Floating-point operations of a thread in one step: a multiply-add counts as two.</summary>
    public const int FlopsOfStep = 2 * Chains * LinksOfStep;

    private const int Chains = 4 * 4;
    private const int LinksOfStep = 4 * 4;

    private Float4 a;
    private Float4 b;
    private Float4 c;
    private Float4 d;

    /// <summary>Runs the chains, and stores one number of each thread so that they are not optimized away.</summary>
    /// <param name="sums">A number for each thread of the launch.</param>
    /// <param name="steps">How often the loop runs.</param>
    /// <param name="factor">Below one, so that nothing overflows.</param>
    [Kernel("peak", Schedule.Shared)]
    public static void FmaKernel(ArrayView<float> sums, int steps, float factor)
    {
        float x = Group.IdxX;
        var term = new Float4(x, x + 1f, x + 2f, x + 3f);
        var chains = new FmaChains { a = term, b = term, c = term, d = term };
        for (int i = 0; i < steps; i++)
        {
            chains = chains.FourLinks(factor, term).FourLinks(factor, term)
                .FourLinks(factor, term).FourLinks(factor, term);
        }
        sums[(Grid.IdxX * Group.DimX) + Group.IdxX] = chains.Sum();
    }

    private readonly FmaChains FourLinks(float factor, Float4 term) =>
        Next(factor, term).Next(factor, term).Next(factor, term).Next(factor, term);

    private readonly FmaChains Next(float factor, Float4 term) => new()
    {
        a = term.PlusProduct(factor, a),
        b = term.PlusProduct(factor, b),
        c = term.PlusProduct(factor, c),
        d = term.PlusProduct(factor, d),
    };

    private readonly float Sum() =>
        a.X + a.Y + a.Z + a.W + b.X + b.Y + b.Z + b.W + c.X + c.Y + c.Z + c.W + d.X + d.Y + d.Z + d.W;
}
