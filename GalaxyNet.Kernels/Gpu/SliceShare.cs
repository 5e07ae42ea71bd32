using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// What one thread of a group carries from an operand in memory to a slice [depth, lines + 4] in shared memory:
/// four elements, or twice four where the group has fewer threads.
/// </summary>
internal readonly struct SliceShare<TOperand>
    where TOperand : struct, IOperand
{
    private readonly int lines;
    private readonly int threads;
    private readonly Four first;
    private readonly Four second;

    /// <summary>The current thread's share of the lines from <paramref name="firstLine"/> on.</summary>
    public SliceShare(TOperand operand, int firstLine, int lines, int threads)
    {
        this.lines = lines;
        this.threads = threads;
        first = new Four(operand, firstLine, lines, threads, 0);
        second = NeedsSecond ? new Four(operand, firstLine, lines, threads, 1) : default;
    }

    private bool NeedsSecond => threads < lines * TileProduct.Depth / 4;

    // Where the threads have no common divisor with the lines, some have nothing to carry the second time.
    private bool AllHaveSecond => 2 * threads == lines * TileProduct.Depth / 4;

    private int Step => TOperand.FourElements == FourElements.OfSpreadDepths ? threads / lines : 1;

    /// <summary>Reads the share of the slice that starts at a depth.</summary>
    public Carried Load(TOperand operand, int depth) => new()
    {
        First = operand.Load(first.Line, depth + first.Depth, Step),
        Second = NeedsSecond ? operand.Load(second.Line, depth + second.Depth, Step) : default,
    };

    /// <summary>Writes the share to a slice that starts at a word of the shared memory.</summary>
    public void Store(ArrayView<Float4> slices, int word, Carried carried)
    {
        Store(slices, word, first, carried.First);
        if (!NeedsSecond)
            return;
        if (AllHaveSecond)
            Store(slices, word, second, carried.Second);
        else if (second.Exists != 0)
            Store(slices, word, second, carried.Second);
    }

    private void Store(ArrayView<Float4> slices, int word, Four four, Float4 values)
    {
        int at = (4 * word) + (four.Depth * (lines + 4)) + four.LineInSlice;
        if (TOperand.FourElements == FourElements.OfNeighbouringLines)
        {
            slices[at / 4] = values;
            return;
        }
        var floats = slices.Cast<float>().SubView(at);
        int step = Step * (lines + 4);
        floats[0] = values.X;
        floats[step] = values.Y;
        floats[2 * step] = values.Z;
        floats[3 * step] = values.W;
    }

    /// <summary>Elements on their way.</summary>
    internal struct Carried
    {
        public Float4 First;
        public Float4 Second;
    }

    /// <summary>The place of four elements in a slice.</summary>
    private readonly struct Four
    {
        public readonly int LineInSlice;
        public readonly int Depth;
        public readonly int Exists;
        public readonly Line Line;

        public Four(TOperand operand, int firstLine, int lines, int threads, int turn)
        {
            int number = Group.IdxX + (turn * threads);
            if (TOperand.FourElements == FourElements.OfNeighbouringDepths)
            {
                LineInSlice = number / (TileProduct.Depth / 4);
                Depth = number % (TileProduct.Depth / 4) * 4;
            }
            else if (TOperand.FourElements == FourElements.OfNeighbouringLines)
            {
                LineInSlice = number % (lines / 4) * 4;
                Depth = number / (lines / 4);
            }
            else
            {
                LineInSlice = Group.IdxX % lines;
                Depth = (Group.IdxX / lines) + (turn * 4 * (threads / lines));
            }
            Exists = number < lines * TileProduct.Depth / 4 ? 1 : 0;
            Line = Exists != 0 ? operand.LineAt(firstLine + LineInSlice) : Line.Outside;
        }
    }
}
