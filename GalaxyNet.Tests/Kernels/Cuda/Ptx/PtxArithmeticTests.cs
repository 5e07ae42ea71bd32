using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>What each kind of instruction computes, by values that are known.</summary>
[TestFixture]
internal sealed class PtxArithmeticTests
{
    // In the shapes: p for a predicate, h, w and d for 16, 32 and 64 bits; of the result r and the operands x, y, z, u.
    private static readonly Dictionary<char, (string Type, int Bits)> Shapes = new()
    {
        ['p'] = ("pred", 1),
        ['h'] = ("b16", 16),
        ['w'] = ("b32", 32),
        ['d'] = ("b64", 64),
    };

    private const string Names = "rxyzu";

    // Integers.
    [TestCase("add.s32", "www", "0x7fffffff 1", "0x80000000")]
    [TestCase("add.u64", "ddd", "0xffffffff 1", "0x100000000")]
    [TestCase("add.u16", "hhh", "0xffff 2", "1")]
    [TestCase("sub.s32", "www", "3 5", "0xfffffffe")]
    [TestCase("mul.lo.s32", "www", "0x10001 0x10001", "0x20001")]
    [TestCase("mul.hi.s32", "www", "-2 3", "0xffffffff")]
    [TestCase("mul.hi.u32", "www", "0xfffffffe 3", "2")]
    [TestCase("mul.hi.u64", "ddd", "0x8000000000000000 6", "3")]
    [TestCase("mul.hi.s64", "ddd", "0x8000000000000000 6", "0xfffffffffffffffd")]
    [TestCase("mul.wide.s32", "dww", "-2 3", "0xfffffffffffffffa")]
    [TestCase("mul.wide.u32", "dww", "0xfffffffe 3", "0x2fffffffa")]
    [TestCase("mul.wide.u16", "whh", "0xffff 0xffff", "0xfffe0001")]
    [TestCase("mul.wide.s16", "whh", "0xffff 2", "0xfffffffe")]
    [TestCase("mad.lo.s32", "wwww", "7 -3 1", "0xffffffec")]
    [TestCase("mad.lo.u64", "dddd", "0x100000000 3 5", "0x300000005")]
    [TestCase("mad.hi.u32", "wwww", "0x80000000 4 5", "7")]
    [TestCase("mad.wide.u32", "dwwd", "0xffffffff 2 3", "0x200000001")]
    [TestCase("mad.wide.s32", "dwwd", "-1 2 1", "0xffffffffffffffff")]
    [TestCase("div.s32", "www", "-7 2", "0xfffffffd")]
    [TestCase("div.s32", "www", "0x80000000 -1", "0x80000000")]
    [TestCase("div.u32", "www", "0xffffffff 7", "613566756")]
    [TestCase("div.s64", "ddd", "-7 2", "0xfffffffffffffffd")]
    [TestCase("rem.s32", "www", "-7 2", "0xffffffff")]
    [TestCase("rem.u32", "www", "0xffffffff 7", "3")]
    [TestCase("rem.s64", "ddd", "-7 4", "0xfffffffffffffffd")]
    [TestCase("min.s32", "www", "-1 1", "0xffffffff")]
    [TestCase("min.u32", "www", "-1 1", "1")]
    [TestCase("max.s16", "hhh", "0xffff 1", "1")]
    [TestCase("max.u64", "ddd", "-1 1", "0xffffffffffffffff")]
    [TestCase("abs.s32", "ww", "-5", "5")]
    [TestCase("neg.s64", "dd", "5", "0xfffffffffffffffb")]
    // Bits.
    [TestCase("and.b32", "www", "12 10", "8")]
    [TestCase("or.b64", "ddd", "12 10", "14")]
    [TestCase("xor.b16", "hhh", "12 10", "6")]
    [TestCase("xor.pred", "ppp", "1 1", "0")]
    [TestCase("not.pred", "pp", "0", "1")]
    [TestCase("not.b16", "hh", "1", "0xfffe")]
    [TestCase("shl.b32", "www", "3 31", "0x80000000")]
    [TestCase("shl.b32", "www", "3 32", "0")]
    [TestCase("shl.b64", "ddw", "3 40", "0x30000000000")]
    [TestCase("shr.s32", "www", "-8 1", "0xfffffffc")]
    [TestCase("shr.s32", "www", "-8 99", "0xffffffff")]
    [TestCase("shr.u32", "www", "-8 1", "0x7ffffffc")]
    [TestCase("shr.u64", "ddw", "-8 64", "0")]
    [TestCase("popc.b32", "ww", "0xf0f", "8")]
    [TestCase("popc.b64", "wd", "-1", "64")]
    [TestCase("clz.b32", "ww", "1", "31")]
    [TestCase("brev.b32", "ww", "1", "0x80000000")]
    [TestCase("bfind.u32", "ww", "0x100", "8")]
    [TestCase("bfind.s32", "ww", "-1", "0xffffffff")]
    [TestCase("bfe.u32", "wwww", "0xabcd 4 8", "0xbc")]
    [TestCase("bfe.s32", "wwww", "0xabcd 4 8", "0xffffffbc")]
    [TestCase("bfe.u32", "wwww", "0xabcd 8 99", "0xab")]
    [TestCase("bfe.u64", "ddww", "0xabcd00000000 36 8", "0xbc")]
    [TestCase("bfi.b32", "wwwww", "0xf 0xabcd 4 8", "0xa0fd")]
    [TestCase("prmt.b32", "wwww", "0x33221100 0x77665544 0x7531", "0x77553311")]
    [TestCase("prmt.b32", "wwww", "0x80 0 0x8888", "0xffffffff")]
    [TestCase("lop3.b32 r, x, y, z, 0x96", "wwww", "12 10 6", "0")]
    [TestCase("lop3.b32 r, x, y, z, 0xea", "wwww", "12 10 1", "9")]
    [TestCase("shf.l.wrap.b32", "wwww", "0x80000001 0x2 33", "5")]
    [TestCase("shf.l.clamp.b32", "wwww", "0x80000001 0x2 33", "0x80000001")]
    [TestCase("shf.r.wrap.b32", "wwww", "0x80000001 0x3 1", "0xc0000000")]
    [TestCase("shf.r.clamp.b32", "wwww", "0x80000001 0x3 40", "3")]
    // Floats.
    [TestCase("add.f32", "www", "1f 0x33800001", "0x3f800001")]
    [TestCase("sub.f64", "ddd", "1d 0.5d", "0.5d")]
    [TestCase("mul.rn.f32", "www", "1.5f 3f", "4.5f")]
    [TestCase("fma.rn.f32", "wwww", "0x3f800001 0x3f7fffff -1f", "0x337ffffe")] // the product is not rounded
    [TestCase("fma.rn.f64", "dddd", "2d 3d 1d", "7d")]
    [TestCase("div.rn.f32", "www", "1f 3f", "0x3eaaaaab")]
    [TestCase("rcp.rn.f32", "ww", "3f", "0x3eaaaaab")]
    [TestCase("sqrt.rn.f32", "ww", "2f", "0x3fb504f3")]
    [TestCase("rsqrt.approx.f32", "ww", "4f", "0.5f")]
    [TestCase("ex2.approx.f32", "ww", "3f", "8f")]
    [TestCase("ex2.approx.ftz.f32", "ww", "-130f", "0")]
    [TestCase("lg2.approx.f32", "ww", "8f", "3f")]
    [TestCase("min.f32", "www", "0x7fc00000 1f", "1f")]
    [TestCase("max.f32", "www", "-1f 1f", "1f")]
    [TestCase("max.f32", "www", "0x80000000 0", "0")]
    [TestCase("min.f32", "www", "0 0x80000000", "0x80000000")]
    [TestCase("abs.f32", "ww", "-2f", "2f")]
    [TestCase("neg.f32", "ww", "0", "0x80000000")]
    [TestCase("copysign.f32", "www", "-1f 3f", "-3f")]
    [TestCase("testp.notanumber.f32", "pw", "0x7fc00000", "1")]
    [TestCase("testp.infinite.f32", "pw", "0x7f800000", "1")]
    // Comparisons.
    [TestCase("setp.lt.s32", "pww", "-1 1", "1")]
    [TestCase("setp.lt.u32", "pww", "-1 1", "0")]
    [TestCase("setp.hi.u32", "pww", "-1 1", "1")]
    [TestCase("setp.ge.s64", "pdd", "-1 -1", "1")]
    [TestCase("setp.eq.s16", "phh", "0xffff 0xffff", "1")]
    [TestCase("setp.ne.f32", "pww", "0x7fc00000 1f", "0")]
    [TestCase("setp.neu.f32", "pww", "0x7fc00000 1f", "1")]
    [TestCase("setp.le.f32", "pww", "1f 1f", "1")]
    [TestCase("setp.gtu.f32", "pww", "0x7fc00000 1f", "1")]
    [TestCase("setp.nan.f32", "pww", "0x7fc00000 1f", "1")]
    [TestCase("setp.lt.and.s32", "pwwp", "1 2 0", "0")]
    [TestCase("setp.lt.or.s32", "pwwp", "1 2 0", "1")]
    [TestCase("setp.lt.xor.s32", "pwwp", "1 2 1", "0")]
    [TestCase("setp.lt.and.s32 r, x, y, !z", "pwwp", "1 2 0", "1")]
    [TestCase("setp.lt.s32 q|r, x, y", "pww", "1 2", "0")]
    [TestCase("selp.b32", "wwwp", "1 2 0", "2")]
    [TestCase("selp.f64", "dddp", "1d 2d 1", "1d")]
    // Conversions.
    [TestCase("cvt.s32.s64", "wd", "0x1ffffffff", "0xffffffff")]
    [TestCase("cvt.s64.s32", "dw", "-1", "0xffffffffffffffff")]
    [TestCase("cvt.u64.u32", "dw", "-1", "0xffffffff")]
    [TestCase("cvt.s32.s8", "ww", "0x1ff", "0xffffffff")]
    [TestCase("cvt.u8.u32", "ww", "0x1ff", "0xff")]
    [TestCase("cvt.s32.u16", "wh", "0xffff", "0xffff")]
    [TestCase("cvt.sat.u8.s32", "ww", "-5", "0")]
    [TestCase("cvt.sat.s8.s32", "ww", "300", "127")]
    [TestCase("cvt.rn.f32.s32", "ww", "16777217", "16777216f")]
    [TestCase("cvt.rp.f32.s32", "ww", "16777217", "16777218f")]
    [TestCase("cvt.rz.f32.u32", "ww", "0xffffffff", "0x4f7fffff")]
    [TestCase("cvt.rn.f32.u64", "wd", "-1", "0x5f800000")]
    [TestCase("cvt.rn.f64.s64", "dd", "-3", "-3d")]
    [TestCase("cvt.rni.s32.f32", "ww", "2.5f", "2")]
    [TestCase("cvt.rzi.s32.f32", "ww", "-2.5f", "-2")]
    [TestCase("cvt.rmi.s32.f32", "ww", "-2.5f", "-3")]
    [TestCase("cvt.rpi.u32.f32", "ww", "2.5f", "3")]
    [TestCase("cvt.rzi.u32.f32", "ww", "-2.5f", "0")]
    [TestCase("cvt.rzi.s32.f32", "ww", "1e10f", "0x7fffffff")]
    [TestCase("cvt.rzi.s32.f32", "ww", "0x7fc00000", "0")]
    [TestCase("cvt.rni.f32.f32", "ww", "2.5f", "2f")]
    [TestCase("cvt.rmi.f32.f32", "ww", "-0.5f", "-1f")]
    [TestCase("cvt.f64.f32", "dw", "0.5f", "0.5d")]
    [TestCase("cvt.rn.f32.f64", "wd", "1.00000018d", "0x3f800002")]
    [TestCase("cvt.rz.f32.f64", "wd", "1.00000018d", "0x3f800001")]
    [TestCase("cvt.rna.tf32.f32", "ww", "0x3f801000", "0x3f802000")]
    [TestCase("cvt.rna.tf32.f32", "ww", "0xbf800fff", "-1f")]
    [TestCase("cvt.rna.tf32.f32", "ww", "0x7f7ff000", "0x7f800000")]
    [TestCase("cvt.rna.tf32.f32", "ww", "0xff800001", "0x7fffffff")]
    // Moves.
    [TestCase("mov.b64 r, {x, y}", "dww", "1 2", "0x200000001")]
    [TestCase("mov.b32 r, {x, y}", "whh", "1 2", "0x20001")]
    [TestCase("mov.b64 {q1, r}, x", "wd", "0x200000001", "2")]
    [TestCase("mov.b32 r, 0f3F800000", "w", "", "1f")]
    [TestCase("mov.f32 r, 1.5", "w", "", "1.5f")]
    [TestCase("mov.u32 r, %ntid.x", "w", "", "1")]
    public void AnInstructionComputes(string operation, string shape, string inputs, string expected)
    {
        string[] words = inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        uint[] memory = new uint[10];
        string text = ".reg .pred q; .reg .b32 q1, t; ";
        for (int i = 0; i < shape.Length; i++)
        {
            (string type, int bits) = Shapes[shape[i]];
            text += $".reg .{type} {Names[i]}; ";
            if (i == 0)
                continue;
            ulong value = Bits(words[i - 1], bits);
            (memory[2 * i], memory[2 * i + 1]) = ((uint)value, (uint)(value >> 32));
            text += bits == 1
                ? $"ld.global.b32 t, [%a+{8 * i}]; setp.ne.b32 {Names[i]}, t, 0; "
                : $"ld.global.{type} {Names[i]}, [%a+{8 * i}]; ";
        }
        text += operation.Contains(' ', StringComparison.Ordinal)
            ? $"{operation}; "
            : $"{operation} {string.Join(", ", Names.Take(shape.Length))}; ";
        text += shape[0] == 'p'
            ? "selp.b32 t, 1, 0, r; st.global.b32 [%a], t;"
            : $"st.global.{Shapes[shape[0]].Type} [%a], r;";
        var run = PtxRun.Of(text, 1, 1, memory);
        Assert.That(run.Fault, Is.Empty);
        ulong result = run.Memory[0][0] | (ulong)run.Memory[0][1] << 32;
        Assert.That($"0x{result:x}", Is.EqualTo($"0x{Bits(expected, Shapes[shape[0]].Bits):x}"));
    }

    private static ulong Bits(string text, int bits)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (text.EndsWith('f'))
            return BitConverter.SingleToUInt32Bits(float.Parse(text[..^1], CultureInfo.InvariantCulture));
        if (text.EndsWith('d'))
            return BitConverter.DoubleToUInt64Bits(double.Parse(text[..^1], CultureInfo.InvariantCulture));
        ulong value = (ulong)long.Parse(text, CultureInfo.InvariantCulture);
        return bits == 64 ? value : value & ((1ul << bits) - 1);
    }
}
