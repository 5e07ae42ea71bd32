using System.Numerics;

namespace GalaxyNet.Tests;

/// <summary>
/// What one output of a tensor core is, bit for bit as on an H100: F. A. Khattak and M. Mikaitis, "Accurate Models of
/// NVIDIA Tensor Cores", arXiv:2512.07004, and the code of its authors.
/// </summary>
/// <remarks>In whole numbers of any length, as the interpreter of PTX does not compute it.</remarks>
internal static class TensorCore
{
    /// <summary>How many products are added at once; on an A100 it is 4.</summary>
    public const int Terms = 8;

    // How many bits below those of a float32 a term keeps, and the least exponent that terms are aligned to. They are 1
    // and -132 on an A100.
    private const int ExtraBits = 2;
    private const int LeastExponent = -133;

    private const int FloatBits = 23;
    private const int TensorFloatBits = 10;
    private const int LeastNormalExponent = -126;
    private const int LeastBit = LeastNormalExponent - FloatBits;

    // The last bit of the product of the two least numbers: in units of it, every term is a whole number.
    private const int Unit = 2 * LeastBit;

    private static readonly float NotANumber = BitConverter.UInt32BitsToSingle(0x7fffffff);

    /// <summary>The nearest number of TF32, and of two the one farther from zero: <c>cvt.rna.tf32.f32</c>.</summary>
    public static float RoundToTensorFloat(float number)
    {
        if (!float.IsFinite(number))
            return float.IsNaN(number) ? NotANumber : number;
        int last = Exponent(number) - TensorFloatBits;
        double rounded = Math.Round(Math.ScaleB(number, -last), MidpointRounding.AwayFromZero);
        return (float)Math.ScaleB(rounded, last);
    }

    /// <summary>The sum of the products of a block and a further number, as one instruction computes it.</summary>
    /// <remarks>
    /// Of the factors, only what TF32 has counts. The terms lose what lies below the last bit of the largest one, which
    /// has two bits more than a float32; they are added without error; and the sum is truncated to a float32.
    /// </remarks>
    public static float MultiplyAdd(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float c)
    {
        Assert.That((a.Length, b.Length), Is.EqualTo((Terms, Terms)));
        Span<double> terms = stackalloc double[Terms + 1];
        int largest = LeastExponent;
        for (int i = 0; i < Terms; i++)
        {
            float left = Truncated(a[i]), right = Truncated(b[i]);
            terms[i] = (double)left * right;
            if (terms[i] != 0)
                largest = Math.Max(largest, Exponent(left) + Exponent(right));
        }
        terms[Terms] = c;
        if (c != 0)
            largest = Math.Max(largest, Exponent(c));
        return Special(terms) ?? Sum(terms, largest);
    }

    private static float? Special(ReadOnlySpan<double> terms)
    {
        bool isNone = false, isAbove = false, isBelow = false;
        foreach (double term in terms)
        {
            isNone |= double.IsNaN(term);
            isAbove |= double.IsPositiveInfinity(term);
            isBelow |= double.IsNegativeInfinity(term);
        }
        return isNone || (isAbove && isBelow) ? NotANumber
            : isAbove ? float.PositiveInfinity
            : isBelow ? float.NegativeInfinity
            : null;
    }

    private static float Sum(ReadOnlySpan<double> terms, int largest)
    {
        BigInteger lastOfTerms = BigInteger.One << (largest - FloatBits - ExtraBits - Unit);
        BigInteger sum = 0;
        foreach (double term in terms)
            sum += BigInteger.Divide((BigInteger)Math.ScaleB(term, -Unit), lastOfTerms) * lastOfTerms;
        int length = (int)BigInteger.Abs(sum).GetBitLength();
        int last = Math.Max(length - (FloatBits + 1), LeastBit - Unit);
        var kept = BigInteger.Divide(BigInteger.Abs(sum), BigInteger.One << last);
        return (float)Math.CopySign(Math.ScaleB((double)kept, last + Unit), sum.Sign);
    }

    private static int Exponent(float number) =>
        number == 0 ? LeastNormalExponent : Math.Max(Math.ILogB((double)number), LeastNormalExponent);

    private static float Truncated(float number) => BitConverter.UInt32BitsToSingle(
        BitConverter.SingleToUInt32Bits(number) & ~0u << (FloatBits - TensorFloatBits));
}
