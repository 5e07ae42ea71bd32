namespace GalaxyNet.Kernels;

/// <summary>
/// The PTX of the CUDA engine. <c>CudaTileTextWriter</c> in GalaxyNet.Benchmarks writes this file, and
/// says there what the registers are called; <c>CONTRIBUTING.md</c> says how to have it written anew.
/// </summary>
internal static class CudaTileText
{
    /// <summary>A thread's registers, and zeros in its 8x8 sums.</summary>
    public const string Begin8x8 =
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb; mov.u32 base, __shared_alloca0; " +
        ".reg .f32 ae<8>; .reg .f32 be<8>; .reg .f32 ao<8>; .reg .f32 bo<8>; .reg .f32 c<64>; " +
        "mov.f32 c0, 0f00000000; mov.f32 c1, 0f00000000; mov.f32 c2, 0f00000000; mov.f32 c3, 0f00000000; " +
        "mov.f32 c4, 0f00000000; mov.f32 c5, 0f00000000; mov.f32 c6, 0f00000000; mov.f32 c7, 0f00000000; " +
        "mov.f32 c8, 0f00000000; mov.f32 c9, 0f00000000; mov.f32 c10, 0f00000000; mov.f32 c11, 0f00000000; " +
        "mov.f32 c12, 0f00000000; mov.f32 c13, 0f00000000; mov.f32 c14, 0f00000000; mov.f32 c15, 0f00000000; " +
        "mov.f32 c16, 0f00000000; mov.f32 c17, 0f00000000; mov.f32 c18, 0f00000000; mov.f32 c19, 0f00000000; " +
        "mov.f32 c20, 0f00000000; mov.f32 c21, 0f00000000; mov.f32 c22, 0f00000000; mov.f32 c23, 0f00000000; " +
        "mov.f32 c24, 0f00000000; mov.f32 c25, 0f00000000; mov.f32 c26, 0f00000000; mov.f32 c27, 0f00000000; " +
        "mov.f32 c28, 0f00000000; mov.f32 c29, 0f00000000; mov.f32 c30, 0f00000000; mov.f32 c31, 0f00000000; " +
        "mov.f32 c32, 0f00000000; mov.f32 c33, 0f00000000; mov.f32 c34, 0f00000000; mov.f32 c35, 0f00000000; " +
        "mov.f32 c36, 0f00000000; mov.f32 c37, 0f00000000; mov.f32 c38, 0f00000000; mov.f32 c39, 0f00000000; " +
        "mov.f32 c40, 0f00000000; mov.f32 c41, 0f00000000; mov.f32 c42, 0f00000000; mov.f32 c43, 0f00000000; " +
        "mov.f32 c44, 0f00000000; mov.f32 c45, 0f00000000; mov.f32 c46, 0f00000000; mov.f32 c47, 0f00000000; " +
        "mov.f32 c48, 0f00000000; mov.f32 c49, 0f00000000; mov.f32 c50, 0f00000000; mov.f32 c51, 0f00000000; " +
        "mov.f32 c52, 0f00000000; mov.f32 c53, 0f00000000; mov.f32 c54, 0f00000000; mov.f32 c55, 0f00000000; " +
        "mov.f32 c56, 0f00000000; mov.f32 c57, 0f00000000; mov.f32 c58, 0f00000000; mov.f32 c59, 0f00000000; " +
        "mov.f32 c60, 0f00000000; mov.f32 c61, 0f00000000; mov.f32 c62, 0f00000000; mov.f32 c63, 0f00000000; ";

    /// <summary>Adds the products at an even depth.</summary>
    public const string MultiplyEven8x8 =
        "fma.rn.f32 c0, ae0, be0, c0; fma.rn.f32 c1, ae0, be1, c1; fma.rn.f32 c2, ae0, be2, c2; " +
        "fma.rn.f32 c3, ae0, be3, c3; fma.rn.f32 c4, ae0, be4, c4; fma.rn.f32 c5, ae0, be5, c5; " +
        "fma.rn.f32 c6, ae0, be6, c6; fma.rn.f32 c7, ae0, be7, c7; fma.rn.f32 c8, ae1, be0, c8; " +
        "fma.rn.f32 c9, ae1, be1, c9; fma.rn.f32 c10, ae1, be2, c10; fma.rn.f32 c11, ae1, be3, c11; " +
        "fma.rn.f32 c12, ae1, be4, c12; fma.rn.f32 c13, ae1, be5, c13; fma.rn.f32 c14, ae1, be6, c14; " +
        "fma.rn.f32 c15, ae1, be7, c15; fma.rn.f32 c16, ae2, be0, c16; fma.rn.f32 c17, ae2, be1, c17; " +
        "fma.rn.f32 c18, ae2, be2, c18; fma.rn.f32 c19, ae2, be3, c19; fma.rn.f32 c20, ae2, be4, c20; " +
        "fma.rn.f32 c21, ae2, be5, c21; fma.rn.f32 c22, ae2, be6, c22; fma.rn.f32 c23, ae2, be7, c23; " +
        "fma.rn.f32 c24, ae3, be0, c24; fma.rn.f32 c25, ae3, be1, c25; fma.rn.f32 c26, ae3, be2, c26; " +
        "fma.rn.f32 c27, ae3, be3, c27; fma.rn.f32 c28, ae3, be4, c28; fma.rn.f32 c29, ae3, be5, c29; " +
        "fma.rn.f32 c30, ae3, be6, c30; fma.rn.f32 c31, ae3, be7, c31; fma.rn.f32 c32, ae4, be0, c32; " +
        "fma.rn.f32 c33, ae4, be1, c33; fma.rn.f32 c34, ae4, be2, c34; fma.rn.f32 c35, ae4, be3, c35; " +
        "fma.rn.f32 c36, ae4, be4, c36; fma.rn.f32 c37, ae4, be5, c37; fma.rn.f32 c38, ae4, be6, c38; " +
        "fma.rn.f32 c39, ae4, be7, c39; fma.rn.f32 c40, ae5, be0, c40; fma.rn.f32 c41, ae5, be1, c41; " +
        "fma.rn.f32 c42, ae5, be2, c42; fma.rn.f32 c43, ae5, be3, c43; fma.rn.f32 c44, ae5, be4, c44; " +
        "fma.rn.f32 c45, ae5, be5, c45; fma.rn.f32 c46, ae5, be6, c46; fma.rn.f32 c47, ae5, be7, c47; " +
        "fma.rn.f32 c48, ae6, be0, c48; fma.rn.f32 c49, ae6, be1, c49; fma.rn.f32 c50, ae6, be2, c50; " +
        "fma.rn.f32 c51, ae6, be3, c51; fma.rn.f32 c52, ae6, be4, c52; fma.rn.f32 c53, ae6, be5, c53; " +
        "fma.rn.f32 c54, ae6, be6, c54; fma.rn.f32 c55, ae6, be7, c55; fma.rn.f32 c56, ae7, be0, c56; " +
        "fma.rn.f32 c57, ae7, be1, c57; fma.rn.f32 c58, ae7, be2, c58; fma.rn.f32 c59, ae7, be3, c59; " +
        "fma.rn.f32 c60, ae7, be4, c60; fma.rn.f32 c61, ae7, be5, c61; fma.rn.f32 c62, ae7, be6, c62; " +
        "fma.rn.f32 c63, ae7, be7, c63; ";

    /// <summary>Adds the products at an odd depth.</summary>
    public const string MultiplyOdd8x8 =
        "fma.rn.f32 c0, ao0, bo0, c0; fma.rn.f32 c1, ao0, bo1, c1; fma.rn.f32 c2, ao0, bo2, c2; " +
        "fma.rn.f32 c3, ao0, bo3, c3; fma.rn.f32 c4, ao0, bo4, c4; fma.rn.f32 c5, ao0, bo5, c5; " +
        "fma.rn.f32 c6, ao0, bo6, c6; fma.rn.f32 c7, ao0, bo7, c7; fma.rn.f32 c8, ao1, bo0, c8; " +
        "fma.rn.f32 c9, ao1, bo1, c9; fma.rn.f32 c10, ao1, bo2, c10; fma.rn.f32 c11, ao1, bo3, c11; " +
        "fma.rn.f32 c12, ao1, bo4, c12; fma.rn.f32 c13, ao1, bo5, c13; fma.rn.f32 c14, ao1, bo6, c14; " +
        "fma.rn.f32 c15, ao1, bo7, c15; fma.rn.f32 c16, ao2, bo0, c16; fma.rn.f32 c17, ao2, bo1, c17; " +
        "fma.rn.f32 c18, ao2, bo2, c18; fma.rn.f32 c19, ao2, bo3, c19; fma.rn.f32 c20, ao2, bo4, c20; " +
        "fma.rn.f32 c21, ao2, bo5, c21; fma.rn.f32 c22, ao2, bo6, c22; fma.rn.f32 c23, ao2, bo7, c23; " +
        "fma.rn.f32 c24, ao3, bo0, c24; fma.rn.f32 c25, ao3, bo1, c25; fma.rn.f32 c26, ao3, bo2, c26; " +
        "fma.rn.f32 c27, ao3, bo3, c27; fma.rn.f32 c28, ao3, bo4, c28; fma.rn.f32 c29, ao3, bo5, c29; " +
        "fma.rn.f32 c30, ao3, bo6, c30; fma.rn.f32 c31, ao3, bo7, c31; fma.rn.f32 c32, ao4, bo0, c32; " +
        "fma.rn.f32 c33, ao4, bo1, c33; fma.rn.f32 c34, ao4, bo2, c34; fma.rn.f32 c35, ao4, bo3, c35; " +
        "fma.rn.f32 c36, ao4, bo4, c36; fma.rn.f32 c37, ao4, bo5, c37; fma.rn.f32 c38, ao4, bo6, c38; " +
        "fma.rn.f32 c39, ao4, bo7, c39; fma.rn.f32 c40, ao5, bo0, c40; fma.rn.f32 c41, ao5, bo1, c41; " +
        "fma.rn.f32 c42, ao5, bo2, c42; fma.rn.f32 c43, ao5, bo3, c43; fma.rn.f32 c44, ao5, bo4, c44; " +
        "fma.rn.f32 c45, ao5, bo5, c45; fma.rn.f32 c46, ao5, bo6, c46; fma.rn.f32 c47, ao5, bo7, c47; " +
        "fma.rn.f32 c48, ao6, bo0, c48; fma.rn.f32 c49, ao6, bo1, c49; fma.rn.f32 c50, ao6, bo2, c50; " +
        "fma.rn.f32 c51, ao6, bo3, c51; fma.rn.f32 c52, ao6, bo4, c52; fma.rn.f32 c53, ao6, bo5, c53; " +
        "fma.rn.f32 c54, ao6, bo6, c54; fma.rn.f32 c55, ao6, bo7, c55; fma.rn.f32 c56, ao7, bo0, c56; " +
        "fma.rn.f32 c57, ao7, bo1, c57; fma.rn.f32 c58, ao7, bo2, c58; fma.rn.f32 c59, ao7, bo3, c59; " +
        "fma.rn.f32 c60, ao7, bo4, c60; fma.rn.f32 c61, ao7, bo5, c61; fma.rn.f32 c62, ao7, bo6, c62; " +
        "fma.rn.f32 c63, ao7, bo7, c63; ";

    /// <summary>A thread's registers, and zeros in its 12x8 sums.</summary>
    public const string Begin12x8 =
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb; mov.u32 base, __shared_alloca0; " +
        ".reg .f32 ae<12>; .reg .f32 be<8>; .reg .f32 ao<12>; .reg .f32 bo<8>; .reg .f32 c<96>; " +
        "mov.f32 c0, 0f00000000; mov.f32 c1, 0f00000000; mov.f32 c2, 0f00000000; mov.f32 c3, 0f00000000; " +
        "mov.f32 c4, 0f00000000; mov.f32 c5, 0f00000000; mov.f32 c6, 0f00000000; mov.f32 c7, 0f00000000; " +
        "mov.f32 c8, 0f00000000; mov.f32 c9, 0f00000000; mov.f32 c10, 0f00000000; mov.f32 c11, 0f00000000; " +
        "mov.f32 c12, 0f00000000; mov.f32 c13, 0f00000000; mov.f32 c14, 0f00000000; mov.f32 c15, 0f00000000; " +
        "mov.f32 c16, 0f00000000; mov.f32 c17, 0f00000000; mov.f32 c18, 0f00000000; mov.f32 c19, 0f00000000; " +
        "mov.f32 c20, 0f00000000; mov.f32 c21, 0f00000000; mov.f32 c22, 0f00000000; mov.f32 c23, 0f00000000; " +
        "mov.f32 c24, 0f00000000; mov.f32 c25, 0f00000000; mov.f32 c26, 0f00000000; mov.f32 c27, 0f00000000; " +
        "mov.f32 c28, 0f00000000; mov.f32 c29, 0f00000000; mov.f32 c30, 0f00000000; mov.f32 c31, 0f00000000; " +
        "mov.f32 c32, 0f00000000; mov.f32 c33, 0f00000000; mov.f32 c34, 0f00000000; mov.f32 c35, 0f00000000; " +
        "mov.f32 c36, 0f00000000; mov.f32 c37, 0f00000000; mov.f32 c38, 0f00000000; mov.f32 c39, 0f00000000; " +
        "mov.f32 c40, 0f00000000; mov.f32 c41, 0f00000000; mov.f32 c42, 0f00000000; mov.f32 c43, 0f00000000; " +
        "mov.f32 c44, 0f00000000; mov.f32 c45, 0f00000000; mov.f32 c46, 0f00000000; mov.f32 c47, 0f00000000; " +
        "mov.f32 c48, 0f00000000; mov.f32 c49, 0f00000000; mov.f32 c50, 0f00000000; mov.f32 c51, 0f00000000; " +
        "mov.f32 c52, 0f00000000; mov.f32 c53, 0f00000000; mov.f32 c54, 0f00000000; mov.f32 c55, 0f00000000; " +
        "mov.f32 c56, 0f00000000; mov.f32 c57, 0f00000000; mov.f32 c58, 0f00000000; mov.f32 c59, 0f00000000; " +
        "mov.f32 c60, 0f00000000; mov.f32 c61, 0f00000000; mov.f32 c62, 0f00000000; mov.f32 c63, 0f00000000; " +
        "mov.f32 c64, 0f00000000; mov.f32 c65, 0f00000000; mov.f32 c66, 0f00000000; mov.f32 c67, 0f00000000; " +
        "mov.f32 c68, 0f00000000; mov.f32 c69, 0f00000000; mov.f32 c70, 0f00000000; mov.f32 c71, 0f00000000; " +
        "mov.f32 c72, 0f00000000; mov.f32 c73, 0f00000000; mov.f32 c74, 0f00000000; mov.f32 c75, 0f00000000; " +
        "mov.f32 c76, 0f00000000; mov.f32 c77, 0f00000000; mov.f32 c78, 0f00000000; mov.f32 c79, 0f00000000; " +
        "mov.f32 c80, 0f00000000; mov.f32 c81, 0f00000000; mov.f32 c82, 0f00000000; mov.f32 c83, 0f00000000; " +
        "mov.f32 c84, 0f00000000; mov.f32 c85, 0f00000000; mov.f32 c86, 0f00000000; mov.f32 c87, 0f00000000; " +
        "mov.f32 c88, 0f00000000; mov.f32 c89, 0f00000000; mov.f32 c90, 0f00000000; mov.f32 c91, 0f00000000; " +
        "mov.f32 c92, 0f00000000; mov.f32 c93, 0f00000000; mov.f32 c94, 0f00000000; mov.f32 c95, 0f00000000; ";

    /// <summary>Adds the products at an even depth.</summary>
    public const string MultiplyEven12x8 =
        "fma.rn.f32 c0, ae0, be0, c0; fma.rn.f32 c1, ae0, be1, c1; fma.rn.f32 c2, ae0, be2, c2; " +
        "fma.rn.f32 c3, ae0, be3, c3; fma.rn.f32 c4, ae0, be4, c4; fma.rn.f32 c5, ae0, be5, c5; " +
        "fma.rn.f32 c6, ae0, be6, c6; fma.rn.f32 c7, ae0, be7, c7; fma.rn.f32 c8, ae1, be0, c8; " +
        "fma.rn.f32 c9, ae1, be1, c9; fma.rn.f32 c10, ae1, be2, c10; fma.rn.f32 c11, ae1, be3, c11; " +
        "fma.rn.f32 c12, ae1, be4, c12; fma.rn.f32 c13, ae1, be5, c13; fma.rn.f32 c14, ae1, be6, c14; " +
        "fma.rn.f32 c15, ae1, be7, c15; fma.rn.f32 c16, ae2, be0, c16; fma.rn.f32 c17, ae2, be1, c17; " +
        "fma.rn.f32 c18, ae2, be2, c18; fma.rn.f32 c19, ae2, be3, c19; fma.rn.f32 c20, ae2, be4, c20; " +
        "fma.rn.f32 c21, ae2, be5, c21; fma.rn.f32 c22, ae2, be6, c22; fma.rn.f32 c23, ae2, be7, c23; " +
        "fma.rn.f32 c24, ae3, be0, c24; fma.rn.f32 c25, ae3, be1, c25; fma.rn.f32 c26, ae3, be2, c26; " +
        "fma.rn.f32 c27, ae3, be3, c27; fma.rn.f32 c28, ae3, be4, c28; fma.rn.f32 c29, ae3, be5, c29; " +
        "fma.rn.f32 c30, ae3, be6, c30; fma.rn.f32 c31, ae3, be7, c31; fma.rn.f32 c32, ae4, be0, c32; " +
        "fma.rn.f32 c33, ae4, be1, c33; fma.rn.f32 c34, ae4, be2, c34; fma.rn.f32 c35, ae4, be3, c35; " +
        "fma.rn.f32 c36, ae4, be4, c36; fma.rn.f32 c37, ae4, be5, c37; fma.rn.f32 c38, ae4, be6, c38; " +
        "fma.rn.f32 c39, ae4, be7, c39; fma.rn.f32 c40, ae5, be0, c40; fma.rn.f32 c41, ae5, be1, c41; " +
        "fma.rn.f32 c42, ae5, be2, c42; fma.rn.f32 c43, ae5, be3, c43; fma.rn.f32 c44, ae5, be4, c44; " +
        "fma.rn.f32 c45, ae5, be5, c45; fma.rn.f32 c46, ae5, be6, c46; fma.rn.f32 c47, ae5, be7, c47; " +
        "fma.rn.f32 c48, ae6, be0, c48; fma.rn.f32 c49, ae6, be1, c49; fma.rn.f32 c50, ae6, be2, c50; " +
        "fma.rn.f32 c51, ae6, be3, c51; fma.rn.f32 c52, ae6, be4, c52; fma.rn.f32 c53, ae6, be5, c53; " +
        "fma.rn.f32 c54, ae6, be6, c54; fma.rn.f32 c55, ae6, be7, c55; fma.rn.f32 c56, ae7, be0, c56; " +
        "fma.rn.f32 c57, ae7, be1, c57; fma.rn.f32 c58, ae7, be2, c58; fma.rn.f32 c59, ae7, be3, c59; " +
        "fma.rn.f32 c60, ae7, be4, c60; fma.rn.f32 c61, ae7, be5, c61; fma.rn.f32 c62, ae7, be6, c62; " +
        "fma.rn.f32 c63, ae7, be7, c63; fma.rn.f32 c64, ae8, be0, c64; fma.rn.f32 c65, ae8, be1, c65; " +
        "fma.rn.f32 c66, ae8, be2, c66; fma.rn.f32 c67, ae8, be3, c67; fma.rn.f32 c68, ae8, be4, c68; " +
        "fma.rn.f32 c69, ae8, be5, c69; fma.rn.f32 c70, ae8, be6, c70; fma.rn.f32 c71, ae8, be7, c71; " +
        "fma.rn.f32 c72, ae9, be0, c72; fma.rn.f32 c73, ae9, be1, c73; fma.rn.f32 c74, ae9, be2, c74; " +
        "fma.rn.f32 c75, ae9, be3, c75; fma.rn.f32 c76, ae9, be4, c76; fma.rn.f32 c77, ae9, be5, c77; " +
        "fma.rn.f32 c78, ae9, be6, c78; fma.rn.f32 c79, ae9, be7, c79; fma.rn.f32 c80, ae10, be0, c80; " +
        "fma.rn.f32 c81, ae10, be1, c81; fma.rn.f32 c82, ae10, be2, c82; fma.rn.f32 c83, ae10, be3, c83; " +
        "fma.rn.f32 c84, ae10, be4, c84; fma.rn.f32 c85, ae10, be5, c85; fma.rn.f32 c86, ae10, be6, c86; " +
        "fma.rn.f32 c87, ae10, be7, c87; fma.rn.f32 c88, ae11, be0, c88; fma.rn.f32 c89, ae11, be1, c89; " +
        "fma.rn.f32 c90, ae11, be2, c90; fma.rn.f32 c91, ae11, be3, c91; fma.rn.f32 c92, ae11, be4, c92; " +
        "fma.rn.f32 c93, ae11, be5, c93; fma.rn.f32 c94, ae11, be6, c94; fma.rn.f32 c95, ae11, be7, c95; ";

    /// <summary>Adds the products at an odd depth.</summary>
    public const string MultiplyOdd12x8 =
        "fma.rn.f32 c0, ao0, bo0, c0; fma.rn.f32 c1, ao0, bo1, c1; fma.rn.f32 c2, ao0, bo2, c2; " +
        "fma.rn.f32 c3, ao0, bo3, c3; fma.rn.f32 c4, ao0, bo4, c4; fma.rn.f32 c5, ao0, bo5, c5; " +
        "fma.rn.f32 c6, ao0, bo6, c6; fma.rn.f32 c7, ao0, bo7, c7; fma.rn.f32 c8, ao1, bo0, c8; " +
        "fma.rn.f32 c9, ao1, bo1, c9; fma.rn.f32 c10, ao1, bo2, c10; fma.rn.f32 c11, ao1, bo3, c11; " +
        "fma.rn.f32 c12, ao1, bo4, c12; fma.rn.f32 c13, ao1, bo5, c13; fma.rn.f32 c14, ao1, bo6, c14; " +
        "fma.rn.f32 c15, ao1, bo7, c15; fma.rn.f32 c16, ao2, bo0, c16; fma.rn.f32 c17, ao2, bo1, c17; " +
        "fma.rn.f32 c18, ao2, bo2, c18; fma.rn.f32 c19, ao2, bo3, c19; fma.rn.f32 c20, ao2, bo4, c20; " +
        "fma.rn.f32 c21, ao2, bo5, c21; fma.rn.f32 c22, ao2, bo6, c22; fma.rn.f32 c23, ao2, bo7, c23; " +
        "fma.rn.f32 c24, ao3, bo0, c24; fma.rn.f32 c25, ao3, bo1, c25; fma.rn.f32 c26, ao3, bo2, c26; " +
        "fma.rn.f32 c27, ao3, bo3, c27; fma.rn.f32 c28, ao3, bo4, c28; fma.rn.f32 c29, ao3, bo5, c29; " +
        "fma.rn.f32 c30, ao3, bo6, c30; fma.rn.f32 c31, ao3, bo7, c31; fma.rn.f32 c32, ao4, bo0, c32; " +
        "fma.rn.f32 c33, ao4, bo1, c33; fma.rn.f32 c34, ao4, bo2, c34; fma.rn.f32 c35, ao4, bo3, c35; " +
        "fma.rn.f32 c36, ao4, bo4, c36; fma.rn.f32 c37, ao4, bo5, c37; fma.rn.f32 c38, ao4, bo6, c38; " +
        "fma.rn.f32 c39, ao4, bo7, c39; fma.rn.f32 c40, ao5, bo0, c40; fma.rn.f32 c41, ao5, bo1, c41; " +
        "fma.rn.f32 c42, ao5, bo2, c42; fma.rn.f32 c43, ao5, bo3, c43; fma.rn.f32 c44, ao5, bo4, c44; " +
        "fma.rn.f32 c45, ao5, bo5, c45; fma.rn.f32 c46, ao5, bo6, c46; fma.rn.f32 c47, ao5, bo7, c47; " +
        "fma.rn.f32 c48, ao6, bo0, c48; fma.rn.f32 c49, ao6, bo1, c49; fma.rn.f32 c50, ao6, bo2, c50; " +
        "fma.rn.f32 c51, ao6, bo3, c51; fma.rn.f32 c52, ao6, bo4, c52; fma.rn.f32 c53, ao6, bo5, c53; " +
        "fma.rn.f32 c54, ao6, bo6, c54; fma.rn.f32 c55, ao6, bo7, c55; fma.rn.f32 c56, ao7, bo0, c56; " +
        "fma.rn.f32 c57, ao7, bo1, c57; fma.rn.f32 c58, ao7, bo2, c58; fma.rn.f32 c59, ao7, bo3, c59; " +
        "fma.rn.f32 c60, ao7, bo4, c60; fma.rn.f32 c61, ao7, bo5, c61; fma.rn.f32 c62, ao7, bo6, c62; " +
        "fma.rn.f32 c63, ao7, bo7, c63; fma.rn.f32 c64, ao8, bo0, c64; fma.rn.f32 c65, ao8, bo1, c65; " +
        "fma.rn.f32 c66, ao8, bo2, c66; fma.rn.f32 c67, ao8, bo3, c67; fma.rn.f32 c68, ao8, bo4, c68; " +
        "fma.rn.f32 c69, ao8, bo5, c69; fma.rn.f32 c70, ao8, bo6, c70; fma.rn.f32 c71, ao8, bo7, c71; " +
        "fma.rn.f32 c72, ao9, bo0, c72; fma.rn.f32 c73, ao9, bo1, c73; fma.rn.f32 c74, ao9, bo2, c74; " +
        "fma.rn.f32 c75, ao9, bo3, c75; fma.rn.f32 c76, ao9, bo4, c76; fma.rn.f32 c77, ao9, bo5, c77; " +
        "fma.rn.f32 c78, ao9, bo6, c78; fma.rn.f32 c79, ao9, bo7, c79; fma.rn.f32 c80, ao10, bo0, c80; " +
        "fma.rn.f32 c81, ao10, bo1, c81; fma.rn.f32 c82, ao10, bo2, c82; fma.rn.f32 c83, ao10, bo3, c83; " +
        "fma.rn.f32 c84, ao10, bo4, c84; fma.rn.f32 c85, ao10, bo5, c85; fma.rn.f32 c86, ao10, bo6, c86; " +
        "fma.rn.f32 c87, ao10, bo7, c87; fma.rn.f32 c88, ao11, bo0, c88; fma.rn.f32 c89, ao11, bo1, c89; " +
        "fma.rn.f32 c90, ao11, bo2, c90; fma.rn.f32 c91, ao11, bo3, c91; fma.rn.f32 c92, ao11, bo4, c92; " +
        "fma.rn.f32 c93, ao11, bo5, c93; fma.rn.f32 c94, ao11, bo6, c94; fma.rn.f32 c95, ao11, bo7, c95; ";

    /// <summary>Reads what is multiplied at the next depth, an even one.</summary>
    public const string LoadEven128x128 =
        "ld.volatile.shared.v4.f32 {ae0, ae1, ae2, ae3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ae4, ae5, ae6, ae7}, [sa+256]; " +
        "ld.volatile.shared.v4.f32 {be0, be1, be2, be3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {be4, be5, be6, be7}, [sb+256]; add.u32 sa, sa, 528; add.u32 sb, sb, 528; ";

    /// <summary>Reads what is multiplied at the next depth, an odd one.</summary>
    public const string LoadOdd128x128 =
        "ld.volatile.shared.v4.f32 {ao0, ao1, ao2, ao3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ao4, ao5, ao6, ao7}, [sa+256]; " +
        "ld.volatile.shared.v4.f32 {bo0, bo1, bo2, bo3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {bo4, bo5, bo6, bo7}, [sb+256]; add.u32 sa, sa, 528; add.u32 sb, sb, 528; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of128x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c0, c1, c2, c3}; " +
        "st.shared.v4.f32 [to+256], {c4, c5, c6, c7}; st.shared.v4.f32 [to+528], {c8, c9, c10, c11}; " +
        "st.shared.v4.f32 [to+784], {c12, c13, c14, c15}; st.shared.v4.f32 [to+1056], {c16, c17, c18, c19}; " +
        "st.shared.v4.f32 [to+1312], {c20, c21, c22, c23}; st.shared.v4.f32 [to+1584], {c24, c25, c26, c27}; " +
        "st.shared.v4.f32 [to+1840], {c28, c29, c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of128x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c32, c33, c34, c35}; " +
        "st.shared.v4.f32 [to+256], {c36, c37, c38, c39}; st.shared.v4.f32 [to+528], {c40, c41, c42, c43}; " +
        "st.shared.v4.f32 [to+784], {c44, c45, c46, c47}; st.shared.v4.f32 [to+1056], {c48, c49, c50, c51}; " +
        "st.shared.v4.f32 [to+1312], {c52, c53, c54, c55}; st.shared.v4.f32 [to+1584], {c56, c57, c58, c59}; " +
        "st.shared.v4.f32 [to+1840], {c60, c61, c62, c63}; } ";

    /// <summary>Reads what is multiplied at the next depth, an even one.</summary>
    public const string LoadEven96x128 =
        "ld.volatile.shared.v4.f32 {ae0, ae1, ae2, ae3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ae4, ae5, ae6, ae7}, [sa+128]; " +
        "ld.volatile.shared.v4.f32 {ae8, ae9, ae10, ae11}, [sa+256]; " +
        "ld.volatile.shared.v4.f32 {be0, be1, be2, be3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {be4, be5, be6, be7}, [sb+256]; add.u32 sa, sa, 400; add.u32 sb, sb, 528; ";

    /// <summary>Reads what is multiplied at the next depth, an odd one.</summary>
    public const string LoadOdd96x128 =
        "ld.volatile.shared.v4.f32 {ao0, ao1, ao2, ao3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ao4, ao5, ao6, ao7}, [sa+128]; " +
        "ld.volatile.shared.v4.f32 {ao8, ao9, ao10, ao11}, [sa+256]; " +
        "ld.volatile.shared.v4.f32 {bo0, bo1, bo2, bo3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {bo4, bo5, bo6, bo7}, [sb+256]; add.u32 sa, sa, 400; add.u32 sb, sb, 528; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of96x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c0, c1, c2, c3}; " +
        "st.shared.v4.f32 [to+256], {c4, c5, c6, c7}; st.shared.v4.f32 [to+528], {c8, c9, c10, c11}; " +
        "st.shared.v4.f32 [to+784], {c12, c13, c14, c15}; st.shared.v4.f32 [to+1056], {c16, c17, c18, c19}; " +
        "st.shared.v4.f32 [to+1312], {c20, c21, c22, c23}; st.shared.v4.f32 [to+1584], {c24, c25, c26, c27}; " +
        "st.shared.v4.f32 [to+1840], {c28, c29, c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of96x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c32, c33, c34, c35}; " +
        "st.shared.v4.f32 [to+256], {c36, c37, c38, c39}; st.shared.v4.f32 [to+528], {c40, c41, c42, c43}; " +
        "st.shared.v4.f32 [to+784], {c44, c45, c46, c47}; st.shared.v4.f32 [to+1056], {c48, c49, c50, c51}; " +
        "st.shared.v4.f32 [to+1312], {c52, c53, c54, c55}; st.shared.v4.f32 [to+1584], {c56, c57, c58, c59}; " +
        "st.shared.v4.f32 [to+1840], {c60, c61, c62, c63}; } ";

    /// <summary>Writes block 2 of the thread's rows to shared memory.</summary>
    public const string Store2Of96x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c64, c65, c66, c67}; " +
        "st.shared.v4.f32 [to+256], {c68, c69, c70, c71}; st.shared.v4.f32 [to+528], {c72, c73, c74, c75}; " +
        "st.shared.v4.f32 [to+784], {c76, c77, c78, c79}; st.shared.v4.f32 [to+1056], {c80, c81, c82, c83}; " +
        "st.shared.v4.f32 [to+1312], {c84, c85, c86, c87}; st.shared.v4.f32 [to+1584], {c88, c89, c90, c91}; " +
        "st.shared.v4.f32 [to+1840], {c92, c93, c94, c95}; } ";

    /// <summary>Reads what is multiplied at the next depth, an even one.</summary>
    public const string LoadEven64x128 =
        "ld.volatile.shared.v4.f32 {ae0, ae1, ae2, ae3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ae4, ae5, ae6, ae7}, [sa+128]; " +
        "ld.volatile.shared.v4.f32 {be0, be1, be2, be3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {be4, be5, be6, be7}, [sb+256]; add.u32 sa, sa, 272; add.u32 sb, sb, 528; ";

    /// <summary>Reads what is multiplied at the next depth, an odd one.</summary>
    public const string LoadOdd64x128 =
        "ld.volatile.shared.v4.f32 {ao0, ao1, ao2, ao3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ao4, ao5, ao6, ao7}, [sa+128]; " +
        "ld.volatile.shared.v4.f32 {bo0, bo1, bo2, bo3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {bo4, bo5, bo6, bo7}, [sb+256]; add.u32 sa, sa, 272; add.u32 sb, sb, 528; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of64x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c0, c1, c2, c3}; " +
        "st.shared.v4.f32 [to+256], {c4, c5, c6, c7}; st.shared.v4.f32 [to+528], {c8, c9, c10, c11}; " +
        "st.shared.v4.f32 [to+784], {c12, c13, c14, c15}; st.shared.v4.f32 [to+1056], {c16, c17, c18, c19}; " +
        "st.shared.v4.f32 [to+1312], {c20, c21, c22, c23}; st.shared.v4.f32 [to+1584], {c24, c25, c26, c27}; " +
        "st.shared.v4.f32 [to+1840], {c28, c29, c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of64x128 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c32, c33, c34, c35}; " +
        "st.shared.v4.f32 [to+256], {c36, c37, c38, c39}; st.shared.v4.f32 [to+528], {c40, c41, c42, c43}; " +
        "st.shared.v4.f32 [to+784], {c44, c45, c46, c47}; st.shared.v4.f32 [to+1056], {c48, c49, c50, c51}; " +
        "st.shared.v4.f32 [to+1312], {c52, c53, c54, c55}; st.shared.v4.f32 [to+1584], {c56, c57, c58, c59}; " +
        "st.shared.v4.f32 [to+1840], {c60, c61, c62, c63}; } ";

    /// <summary>Reads what is multiplied at the next depth, an even one.</summary>
    public const string LoadEven64x64 =
        "ld.volatile.shared.v4.f32 {ae0, ae1, ae2, ae3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ae4, ae5, ae6, ae7}, [sa+128]; " +
        "ld.volatile.shared.v4.f32 {be0, be1, be2, be3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {be4, be5, be6, be7}, [sb+128]; add.u32 sa, sa, 272; add.u32 sb, sb, 272; ";

    /// <summary>Reads what is multiplied at the next depth, an odd one.</summary>
    public const string LoadOdd64x64 =
        "ld.volatile.shared.v4.f32 {ao0, ao1, ao2, ao3}, [sa+0]; " +
        "ld.volatile.shared.v4.f32 {ao4, ao5, ao6, ao7}, [sa+128]; " +
        "ld.volatile.shared.v4.f32 {bo0, bo1, bo2, bo3}, [sb+0]; " +
        "ld.volatile.shared.v4.f32 {bo4, bo5, bo6, bo7}, [sb+128]; add.u32 sa, sa, 272; add.u32 sb, sb, 272; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of64x64 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c0, c1, c2, c3}; " +
        "st.shared.v4.f32 [to+128], {c4, c5, c6, c7}; st.shared.v4.f32 [to+272], {c8, c9, c10, c11}; " +
        "st.shared.v4.f32 [to+400], {c12, c13, c14, c15}; st.shared.v4.f32 [to+544], {c16, c17, c18, c19}; " +
        "st.shared.v4.f32 [to+672], {c20, c21, c22, c23}; st.shared.v4.f32 [to+816], {c24, c25, c26, c27}; " +
        "st.shared.v4.f32 [to+944], {c28, c29, c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of64x64 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v4.f32 [to+0], {c32, c33, c34, c35}; " +
        "st.shared.v4.f32 [to+128], {c36, c37, c38, c39}; st.shared.v4.f32 [to+272], {c40, c41, c42, c43}; " +
        "st.shared.v4.f32 [to+400], {c44, c45, c46, c47}; st.shared.v4.f32 [to+544], {c48, c49, c50, c51}; " +
        "st.shared.v4.f32 [to+672], {c52, c53, c54, c55}; st.shared.v4.f32 [to+816], {c56, c57, c58, c59}; " +
        "st.shared.v4.f32 [to+944], {c60, c61, c62, c63}; } ";
}
