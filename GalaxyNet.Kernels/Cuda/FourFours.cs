namespace GalaxyNet.Kernels;

/// <summary>Four times four numbers that a thread reads together, so that it waits for memory once.</summary>
internal struct FourFours
{
    /// <summary>How many fours.</summary>
    public const int Count = 4;

    private Float4 four0;
    private Float4 four1;
    private Float4 four2;
    private Float4 four3;

    /// <summary>Reads those from <paramref name="first"/> on, some fours apart.</summary>
    public static FourFours At(ArrayView<Float4> numbers, int first, int step) => new()
    {
        four0 = numbers[first],
        four1 = numbers[first + step],
        four2 = numbers[first + (2 * step)],
        four3 = numbers[first + (3 * step)],
    };

    /// <summary>this + <paramref name="other"/>.</summary>
    public readonly FourFours Plus(FourFours other) => new()
    {
        four0 = four0.Plus(other.four0),
        four1 = four1.Plus(other.four1),
        four2 = four2.Plus(other.four2),
        four3 = four3.Plus(other.four3),
    };

    /// <summary>Writes them in the same way.</summary>
    public readonly void Store(ArrayView<Float4> numbers, int first, int step)
    {
        numbers[first] = four0;
        numbers[first + step] = four1;
        numbers[first + (2 * step)] = four2;
        numbers[first + (3 * step)] = four3;
    }
}
