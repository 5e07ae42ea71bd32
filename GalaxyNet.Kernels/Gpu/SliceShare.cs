namespace GalaxyNet.Kernels;

/// <summary>
/// What one thread of a group carries from an operand in memory to a slice in shared memory: four elements, or two or
/// four times four where the group has fewer threads.
/// </summary>
internal readonly struct SliceShare<TOperand>
    where TOperand : struct, IOperand
{
    private readonly int lines;
    private readonly int blocks;
    private readonly int threads;
    private readonly Four first;
    private readonly Four second;
    private readonly Four third;
    private readonly Four fourth;

    /// <summary>The current thread's share of so many lines from <paramref name="firstLine"/> on.</summary>
    public SliceShare(TOperand operand, int firstLine, int lines, int blocks, int threads)
    {
        this.lines = lines;
        this.blocks = blocks;
        this.threads = threads;
        first = new Four(operand, firstLine, lines, blocks, threads, 0);
        second = Fours > threads ? new Four(operand, firstLine, lines, blocks, threads, 1) : default;
        third = Fours > 2 * threads ? new Four(operand, firstLine, lines, blocks, threads, 2) : default;
        fourth = Fours > 3 * threads ? new Four(operand, firstLine, lines, blocks, threads, 3) : default;
    }

    // Of the whole group.
    private int Fours => lines * TileProduct.Depth / 4;

    private int Step => TOperand.FourElements == FourElements.OfSpreadDepths ? threads / lines : 1;

    /// <summary>Reads the share of the slice that starts at a depth.</summary>
    public Carried Load(TOperand operand, int depth) => new()
    {
        First = operand.Load(first.Line, depth + first.Depth, Step),
        Second = Fours > threads ? operand.Load(LineOf(second), depth + DepthOf(second, 1), Step) : default,
        Third = Fours > 2 * threads ? operand.Load(LineOf(third), depth + DepthOf(third, 2), Step) : default,
        Fourth = Fours > 3 * threads ? operand.Load(LineOf(fourth), depth + DepthOf(fourth, 3), Step) : default,
    };

    // A later four's line, depth and place are not kept where they follow from the first's: with registers for them
    // 64x128 would spill.
    private bool IsRegular => TOperand.FourElements != FourElements.OfNeighboringLines || threads % (lines / 4) == 0;

    private Line LineOf(Four four) =>
        TOperand.FourElements == FourElements.OfNeighboringDepths || !IsRegular ? four.Line : first.Line;

    private int DepthOf(Four four, int round) => !IsRegular ? four.Depth : first.Depth + DepthsTo(round);

    private int DepthsTo(int round) =>
        TOperand.FourElements == FourElements.OfNeighboringDepths ? 0
        : TOperand.FourElements == FourElements.OfSpreadDepths ? round * 4 * Step
        : round * threads / (lines / 4);

    private int PlaceOf(Four four, int round)
    {
        if (!IsRegular)
            return four.Place;
        if (TOperand.FourElements == FourElements.OfNeighboringDepths)
            return first.Place + (4 * SliceLayout.WordOfLine(round * threads / (TileProduct.Depth / 4), lines, blocks));
        int words = SliceLayout.WordOfDepth(DepthsTo(round), blocks);
        return first.Place + (TOperand.FourElements == FourElements.OfNeighboringLines ? words : 4 * words);
    }

    /// <summary>Writes the share to a slice that starts at a word of the shared memory.</summary>
    public void Store(ArrayView<Float4> slices, int word, Carried carried)
    {
        Store(slices, word, first.Place, carried.First);
        if (Fours > threads)
            StoreIfThere(slices, word, second, carried.Second, 2);
        if (Fours > 2 * threads)
            StoreIfThere(slices, word, third, carried.Third, 3);
        if (Fours > 3 * threads)
            StoreIfThere(slices, word, fourth, carried.Fourth, 4);
    }

    // Where the group's threads do not divide its fours, some threads have nothing to carry in the last round.
    private void StoreIfThere(ArrayView<Float4> slices, int word, Four four, Float4 values, int round)
    {
        if (Fours >= round * threads)
            Store(slices, word, PlaceOf(four, round - 1), values);
        else if (four.Exists != 0)
            Store(slices, word, PlaceOf(four, round - 1), values);
    }

    private void Store(ArrayView<Float4> slices, int word, int place, Float4 values)
    {
        if (TOperand.FourElements == FourElements.OfNeighboringLines)
        {
            slices[word + place] = values;
            return;
        }
        var floats = slices.Cast<float>().SubView((4 * word) + place);
        floats[0] = values.X;
        floats[4 * SliceLayout.WordOfDepth(Step, blocks)] = values.Y;
        floats[4 * SliceLayout.WordOfDepth(2 * Step, blocks)] = values.Z;
        floats[4 * SliceLayout.WordOfDepth(3 * Step, blocks)] = values.W;
    }

    /// <summary>Elements on their way.</summary>
    internal struct Carried
    {
        public Float4 First;
        public Float4 Second;
        public Float4 Third;
        public Float4 Fourth;
    }

    /// <summary>
    /// Where four elements lie: in one half of the slice's depth, or from one of its first two depths on.
    /// </summary>
    private readonly struct Four
    {
        public readonly int Depth;
        public readonly int Place;
        public readonly int Exists;
        public readonly Line Line;

        public Four(TOperand operand, int firstLine, int lines, int blocks, int threads, int round)
        {
            int number = Group.IdxX + (round * threads);
            int line;
            if (TOperand.FourElements == FourElements.OfNeighboringDepths)
            {
                line = number / (TileProduct.Depth / 4);
                Depth = number % (TileProduct.Depth / 4) * 4;
            }
            else if (TOperand.FourElements == FourElements.OfNeighboringLines)
            {
                line = number % (lines / 4) * 4;
                Depth = number / (lines / 4);
            }
            else
            {
                line = Group.IdxX % lines;
                Depth = (Group.IdxX / lines) + (round * 4 * (threads / lines));
            }
            int word = SliceLayout.WordOfLine(line, lines, blocks) + SliceLayout.WordOfDepth(Depth, blocks);
            Place = TOperand.FourElements == FourElements.OfNeighboringLines ? word : (4 * word) + (line % 4);
            Exists = number < lines * TileProduct.Depth / 4 ? 1 : 0;
            Line = Exists != 0 ? operand.LineAt(firstLine + line) : Line.Outside;
        }
    }
}
