namespace GalaxyNet.Kernels;

/// <summary>
/// What the CPU schedule needs of vector registers, once for each of <see cref="VectorRegisters.All"/>.
/// The implementations are empty structs, so that the compiler specializes every loop for its width.
/// </summary>
/// <typeparam name="TVector">One register of floats.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Registers that a loop may keep values in: 32 with AVX-512 and NEON, else counted as 16.</summary>
    static abstract int Registers { get; }

    /// <summary>All zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>Reads <see cref="Count"/> floats from any address.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats to any address.</summary>
    static abstract void Store(TVector value, float* target);

    /// <summary>
    /// Writes <see cref="Count"/> floats past the caches, to an address that is a multiple of a vector's size.
    /// </summary>
    static abstract void Stream(TVector value, float* target);

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a b + c, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>A number as a factor of <see cref="AddScaled"/>.</summary>
    static abstract TVector Factor(float value);

    /// <summary>factor b + c, as <see cref="MultiplyAdd"/> computes it.</summary>
    static abstract TVector AddScaled(TVector factor, TVector b, TVector c);

    /// <summary>a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>The square root of each lane.</summary>
    static abstract TVector SquareRoot(TVector value);

    /// <summary>All bits set in the lanes where a &gt; b.</summary>
    static abstract TVector IsGreater(TVector a, TVector b);

    /// <summary>All bits set in the lanes where a &gt; b or a is NaN.</summary>
    static abstract TVector IsGreaterOrNaN(TVector a, TVector b);

    /// <summary>All bits set in the lanes where a &lt;= b.</summary>
    static abstract TVector IsAtMost(TVector a, TVector b);

    /// <summary>Whether a lane is NaN.</summary>
    static abstract bool HasNaN(TVector value);

    /// <summary>All bits set in the lanes where a = b.</summary>
    static abstract TVector IsEqual(TVector a, TVector b);

    /// <summary>
    /// <paramref name="a"/> in the lanes that are set in <paramref name="mask"/>, else <paramref name="b"/>.
    /// </summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TVector value);

    /// <summary>Splits 2 <see cref="Count"/> neighbors into those at even and those at odd indices.</summary>
    static abstract (TVector Even, TVector Odd) Deinterleave(TVector first, TVector second);

    /// <summary>The inverse of <see cref="Deinterleave"/>.</summary>
    static abstract (TVector First, TVector Second) Interleave(TVector even, TVector odd);

    /// <summary>Reads <see cref="Count"/> bytes as floats.</summary>
    static abstract TVector LoadBytes(byte* source);

    /// <summary>Writes whole numbers from 0 to 255 as bytes.</summary>
    static abstract void StoreBytes(TVector value, byte* target);
}
