using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace GalaxyNet.Kernels;

/// <summary>128-bit registers: SSE has 16 of them, NEON 32.</summary>
/// <typeparam name="TRegisters">How many.</typeparam>
internal readonly unsafe struct Simd128<TRegisters> : ISimd<Vector128<float>>
    where TRegisters : struct, IRegisterCount
{
    public static int Count => 4;
    public static int Registers => TRegisters.Count;
    public static Vector128<float> Zero => Vector128<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Vector128<float> value, float* target) => value.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);

    // ARM64 multiplies by a single lane: a factor need not be spread over a register first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Factor(float value) =>
        AdvSimd.Arm64.IsSupported ? Vector128.CreateScalarUnsafe(value) : Broadcast(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddScaled(Vector128<float> factor, Vector128<float> b, Vector128<float> c) =>
        AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(c, b, factor, 0)
            : MultiplyAdd(factor, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SquareRoot(Vector128<float> value) => Vector128.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsGreater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsGreaterOrNaN(Vector128<float> a, Vector128<float> b) =>
        Vector128.GreaterThan(a, b) | ~Vector128.Equals(a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsAtMost(Vector128<float> a, Vector128<float> b) => Vector128.LessThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasNaN(Vector128<float> value) => !Vector128.EqualsAll(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsEqual(Vector128<float> a, Vector128<float> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> value) => Vector128.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> Even, Vector128<float> Odd) Deinterleave(
        Vector128<float> first, Vector128<float> second)
    {
        if (AdvSimd.Arm64.IsSupported)
            return (AdvSimd.Arm64.UnzipEven(first, second), AdvSimd.Arm64.UnzipOdd(first, second));
        var order = Vector128.Create(0, 2, 1, 3);
        var a = Vector128.Shuffle(first, order);
        var b = Vector128.Shuffle(second, order);
        return (Vector128.Create(a.GetLower(), b.GetLower()), Vector128.Create(a.GetUpper(), b.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> First, Vector128<float> Second) Interleave(
        Vector128<float> even, Vector128<float> odd)
    {
        if (AdvSimd.Arm64.IsSupported)
            return (AdvSimd.Arm64.ZipLow(even, odd), AdvSimd.Arm64.ZipHigh(even, odd));
        var order = Vector128.Create(0, 2, 1, 3);
        return (
            Vector128.Shuffle(Vector128.Create(even.GetLower(), odd.GetLower()), order),
            Vector128.Shuffle(Vector128.Create(even.GetUpper(), odd.GetUpper()), order));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBytes(byte* source)
    {
        var bytes = Vector128.CreateScalar(*(uint*)source).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<float> value, byte* target)
    {
        var integers = Vector128.ConvertToInt32Native(value);
        var shorts = Vector128.Narrow(integers, integers).AsUInt16();
        *(uint*)target = Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
    }
}

/// <summary>A number of registers that the compiler knows.</summary>
internal interface IRegisterCount
{
    /// <summary>The number.</summary>
    static abstract int Count { get; }
}

/// <summary>Sixteen.</summary>
internal readonly struct Registers16 : IRegisterCount
{
    public static int Count => 16;
}

/// <summary>Thirty-two.</summary>
internal readonly struct Registers32 : IRegisterCount
{
    public static int Count => 32;
}
