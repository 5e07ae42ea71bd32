namespace GalaxyNet.Kernels;

/// <summary>
/// The PTX of the CUDA engine on tensor cores. <c>TensorTileTextWriter</c> in GalaxyNet.Benchmarks writes
/// this file, and says there what the registers are called; <c>CONTRIBUTING.md</c> says how to have it
/// written anew.
/// </summary>
internal static class TensorTileText
{
    /// <summary>A thread's registers, and zeros in its 8x16 sums.</summary>
    public const string Begin8x16 =
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb; mov.u32 base, __dyn_shared_alloca; " +
        ".reg .f32 a<16>; .reg .f32 b<16>; .reg .f32 c<128>; .reg .b32 ta<16>; .reg .b32 tb<16>; " +
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
        "mov.f32 c92, 0f00000000; mov.f32 c93, 0f00000000; mov.f32 c94, 0f00000000; mov.f32 c95, 0f00000000; " +
        "mov.f32 c96, 0f00000000; mov.f32 c97, 0f00000000; mov.f32 c98, 0f00000000; mov.f32 c99, 0f00000000; " +
        "mov.f32 c100, 0f00000000; mov.f32 c101, 0f00000000; mov.f32 c102, 0f00000000; mov.f32 c103, 0f00000000; " +
        "mov.f32 c104, 0f00000000; mov.f32 c105, 0f00000000; mov.f32 c106, 0f00000000; mov.f32 c107, 0f00000000; " +
        "mov.f32 c108, 0f00000000; mov.f32 c109, 0f00000000; mov.f32 c110, 0f00000000; mov.f32 c111, 0f00000000; " +
        "mov.f32 c112, 0f00000000; mov.f32 c113, 0f00000000; mov.f32 c114, 0f00000000; mov.f32 c115, 0f00000000; " +
        "mov.f32 c116, 0f00000000; mov.f32 c117, 0f00000000; mov.f32 c118, 0f00000000; mov.f32 c119, 0f00000000; " +
        "mov.f32 c120, 0f00000000; mov.f32 c121, 0f00000000; mov.f32 c122, 0f00000000; mov.f32 c123, 0f00000000; " +
        "mov.f32 c124, 0f00000000; mov.f32 c125, 0f00000000; mov.f32 c126, 0f00000000; mov.f32 c127, 0f00000000; ";

    /// <summary>Rounds what was read.</summary>
    public const string Round8x16 =
        "cvt.rna.tf32.f32 ta0, a0; cvt.rna.tf32.f32 ta1, a1; cvt.rna.tf32.f32 ta2, a2; cvt.rna.tf32.f32 ta3, a3; " +
        "cvt.rna.tf32.f32 ta4, a4; cvt.rna.tf32.f32 ta5, a5; cvt.rna.tf32.f32 ta6, a6; cvt.rna.tf32.f32 ta7, a7; " +
        "cvt.rna.tf32.f32 ta8, a8; cvt.rna.tf32.f32 ta9, a9; cvt.rna.tf32.f32 ta10, a10; " +
        "cvt.rna.tf32.f32 ta11, a11; cvt.rna.tf32.f32 ta12, a12; cvt.rna.tf32.f32 ta13, a13; " +
        "cvt.rna.tf32.f32 ta14, a14; cvt.rna.tf32.f32 ta15, a15; cvt.rna.tf32.f32 tb0, b0; " +
        "cvt.rna.tf32.f32 tb1, b1; cvt.rna.tf32.f32 tb2, b2; cvt.rna.tf32.f32 tb3, b3; cvt.rna.tf32.f32 tb4, b4; " +
        "cvt.rna.tf32.f32 tb5, b5; cvt.rna.tf32.f32 tb6, b6; cvt.rna.tf32.f32 tb7, b7; cvt.rna.tf32.f32 tb8, b8; " +
        "cvt.rna.tf32.f32 tb9, b9; cvt.rna.tf32.f32 tb10, b10; cvt.rna.tf32.f32 tb11, b11; " +
        "cvt.rna.tf32.f32 tb12, b12; cvt.rna.tf32.f32 tb13, b13; cvt.rna.tf32.f32 tb14, b14; " +
        "cvt.rna.tf32.f32 tb15, b15; ";

    /// <summary>Adds the products of what was rounded.</summary>
    public const string Multiply8x16 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c0, c1, c2, c3}, {ta0, ta1, ta2, ta3}, {tb0, tb1}, " +
        "{c0, c1, c2, c3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c4, c5, c6, c7}, {ta0, ta1, ta2, " +
        "ta3}, {tb2, tb3}, {c4, c5, c6, c7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c8, c9, c10, " +
        "c11}, {ta0, ta1, ta2, ta3}, {tb4, tb5}, {c8, c9, c10, c11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c12, c13, c14, c15}, {ta0, ta1, ta2, ta3}, {tb6, " +
        "tb7}, {c12, c13, c14, c15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c16, c17, c18, c19}, " +
        "{ta0, ta1, ta2, ta3}, {tb8, tb9}, {c16, c17, c18, c19}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c20, c21, c22, c23}, {ta0, ta1, ta2, ta3}, {tb10, " +
        "tb11}, {c20, c21, c22, c23}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c24, c25, c26, c27}, " +
        "{ta0, ta1, ta2, ta3}, {tb12, tb13}, {c24, c25, c26, c27}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c28, c29, c30, c31}, {ta0, ta1, ta2, ta3}, {tb14, " +
        "tb15}, {c28, c29, c30, c31}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c32, c33, c34, c35}, " +
        "{ta4, ta5, ta6, ta7}, {tb0, tb1}, {c32, c33, c34, c35}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c36, c37, c38, c39}, {ta4, ta5, ta6, ta7}, {tb2, " +
        "tb3}, {c36, c37, c38, c39}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c40, c41, c42, c43}, " +
        "{ta4, ta5, ta6, ta7}, {tb4, tb5}, {c40, c41, c42, c43}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c44, c45, c46, c47}, {ta4, ta5, ta6, ta7}, {tb6, " +
        "tb7}, {c44, c45, c46, c47}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c48, c49, c50, c51}, " +
        "{ta4, ta5, ta6, ta7}, {tb8, tb9}, {c48, c49, c50, c51}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c52, c53, c54, c55}, {ta4, ta5, ta6, ta7}, {tb10, " +
        "tb11}, {c52, c53, c54, c55}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c56, c57, c58, c59}, " +
        "{ta4, ta5, ta6, ta7}, {tb12, tb13}, {c56, c57, c58, c59}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c60, c61, c62, c63}, {ta4, ta5, ta6, ta7}, {tb14, " +
        "tb15}, {c60, c61, c62, c63}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c64, c65, c66, c67}, " +
        "{ta8, ta9, ta10, ta11}, {tb0, tb1}, {c64, c65, c66, c67}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c68, c69, c70, c71}, {ta8, ta9, ta10, ta11}, {tb2, " +
        "tb3}, {c68, c69, c70, c71}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c72, c73, c74, c75}, " +
        "{ta8, ta9, ta10, ta11}, {tb4, tb5}, {c72, c73, c74, c75}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c76, c77, c78, c79}, {ta8, ta9, ta10, ta11}, {tb6, " +
        "tb7}, {c76, c77, c78, c79}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c80, c81, c82, c83}, " +
        "{ta8, ta9, ta10, ta11}, {tb8, tb9}, {c80, c81, c82, c83}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c84, c85, c86, c87}, {ta8, ta9, ta10, ta11}, {tb10, " +
        "tb11}, {c84, c85, c86, c87}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c88, c89, c90, c91}, " +
        "{ta8, ta9, ta10, ta11}, {tb12, tb13}, {c88, c89, c90, c91}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c92, c93, c94, c95}, {ta8, ta9, ta10, ta11}, {tb14, " +
        "tb15}, {c92, c93, c94, c95}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c96, c97, c98, c99}, " +
        "{ta12, ta13, ta14, ta15}, {tb0, tb1}, {c96, c97, c98, c99}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c100, c101, c102, c103}, {ta12, ta13, ta14, ta15}, " +
        "{tb2, tb3}, {c100, c101, c102, c103}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c104, c105, " +
        "c106, c107}, {ta12, ta13, ta14, ta15}, {tb4, tb5}, {c104, c105, c106, c107}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c108, c109, c110, c111}, {ta12, ta13, ta14, ta15}, " +
        "{tb6, tb7}, {c108, c109, c110, c111}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c112, c113, " +
        "c114, c115}, {ta12, ta13, ta14, ta15}, {tb8, tb9}, {c112, c113, c114, c115}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c116, c117, c118, c119}, {ta12, ta13, ta14, ta15}, " +
        "{tb10, tb11}, {c116, c117, c118, c119}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c120, c121, " +
        "c122, c123}, {ta12, ta13, ta14, ta15}, {tb12, tb13}, {c120, c121, c122, c123}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c124, c125, c126, c127}, {ta12, ta13, ta14, ta15}, " +
        "{tb14, tb15}, {c124, c125, c126, c127}; ";

    /// <summary>A thread's registers, and zeros in its 8x8 sums.</summary>
    public const string Begin8x8 =
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb; mov.u32 base, __dyn_shared_alloca; " +
        ".reg .f32 a<16>; .reg .f32 b<8>; .reg .f32 c<64>; .reg .b32 ta<16>; .reg .b32 tb<8>; " +
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

    /// <summary>Rounds what was read.</summary>
    public const string Round8x8 =
        "cvt.rna.tf32.f32 ta0, a0; cvt.rna.tf32.f32 ta1, a1; cvt.rna.tf32.f32 ta2, a2; cvt.rna.tf32.f32 ta3, a3; " +
        "cvt.rna.tf32.f32 ta4, a4; cvt.rna.tf32.f32 ta5, a5; cvt.rna.tf32.f32 ta6, a6; cvt.rna.tf32.f32 ta7, a7; " +
        "cvt.rna.tf32.f32 ta8, a8; cvt.rna.tf32.f32 ta9, a9; cvt.rna.tf32.f32 ta10, a10; " +
        "cvt.rna.tf32.f32 ta11, a11; cvt.rna.tf32.f32 ta12, a12; cvt.rna.tf32.f32 ta13, a13; " +
        "cvt.rna.tf32.f32 ta14, a14; cvt.rna.tf32.f32 ta15, a15; cvt.rna.tf32.f32 tb0, b0; " +
        "cvt.rna.tf32.f32 tb1, b1; cvt.rna.tf32.f32 tb2, b2; cvt.rna.tf32.f32 tb3, b3; cvt.rna.tf32.f32 tb4, b4; " +
        "cvt.rna.tf32.f32 tb5, b5; cvt.rna.tf32.f32 tb6, b6; cvt.rna.tf32.f32 tb7, b7; ";

    /// <summary>Adds the products of what was rounded.</summary>
    public const string Multiply8x8 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c0, c1, c2, c3}, {ta0, ta1, ta2, ta3}, {tb0, tb1}, " +
        "{c0, c1, c2, c3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c4, c5, c6, c7}, {ta0, ta1, ta2, " +
        "ta3}, {tb2, tb3}, {c4, c5, c6, c7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c8, c9, c10, " +
        "c11}, {ta0, ta1, ta2, ta3}, {tb4, tb5}, {c8, c9, c10, c11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c12, c13, c14, c15}, {ta0, ta1, ta2, ta3}, {tb6, " +
        "tb7}, {c12, c13, c14, c15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c16, c17, c18, c19}, " +
        "{ta4, ta5, ta6, ta7}, {tb0, tb1}, {c16, c17, c18, c19}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c20, c21, c22, c23}, {ta4, ta5, ta6, ta7}, {tb2, " +
        "tb3}, {c20, c21, c22, c23}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c24, c25, c26, c27}, " +
        "{ta4, ta5, ta6, ta7}, {tb4, tb5}, {c24, c25, c26, c27}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c28, c29, c30, c31}, {ta4, ta5, ta6, ta7}, {tb6, " +
        "tb7}, {c28, c29, c30, c31}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c32, c33, c34, c35}, " +
        "{ta8, ta9, ta10, ta11}, {tb0, tb1}, {c32, c33, c34, c35}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c36, c37, c38, c39}, {ta8, ta9, ta10, ta11}, {tb2, " +
        "tb3}, {c36, c37, c38, c39}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c40, c41, c42, c43}, " +
        "{ta8, ta9, ta10, ta11}, {tb4, tb5}, {c40, c41, c42, c43}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c44, c45, c46, c47}, {ta8, ta9, ta10, ta11}, {tb6, " +
        "tb7}, {c44, c45, c46, c47}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c48, c49, c50, c51}, " +
        "{ta12, ta13, ta14, ta15}, {tb0, tb1}, {c48, c49, c50, c51}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c52, c53, c54, c55}, {ta12, ta13, ta14, ta15}, " +
        "{tb2, tb3}, {c52, c53, c54, c55}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c56, c57, c58, " +
        "c59}, {ta12, ta13, ta14, ta15}, {tb4, tb5}, {c56, c57, c58, c59}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c60, c61, c62, c63}, {ta12, ta13, ta14, ta15}, " +
        "{tb6, tb7}, {c60, c61, c62, c63}; ";

    /// <summary>The registers for parts of numbers.</summary>
    public const string BeginSplit8x8 =
        ".reg .b32 ra<16>; .reg .b32 rb<8>; .reg .f32 d<16>; .reg .f32 zero; mov.f32 zero, 0f00000000; ";

    /// <summary>Splits what was read, and adds the products.</summary>
    public const string MultiplySplit8x8 =
        "mov.b32 tb0, b0; add.u32 tb0, tb0, 0x1000; and.b32 tb0, tb0, 0xffffe000; sub.rn.f32 rb0, b0, tb0; " +
        "mov.b32 tb1, b1; add.u32 tb1, tb1, 0x1000; and.b32 tb1, tb1, 0xffffe000; sub.rn.f32 rb1, b1, tb1; " +
        "mov.b32 tb2, b2; add.u32 tb2, tb2, 0x1000; and.b32 tb2, tb2, 0xffffe000; sub.rn.f32 rb2, b2, tb2; " +
        "mov.b32 tb3, b3; add.u32 tb3, tb3, 0x1000; and.b32 tb3, tb3, 0xffffe000; sub.rn.f32 rb3, b3, tb3; " +
        "mov.b32 tb4, b4; add.u32 tb4, tb4, 0x1000; and.b32 tb4, tb4, 0xffffe000; sub.rn.f32 rb4, b4, tb4; " +
        "mov.b32 tb5, b5; add.u32 tb5, tb5, 0x1000; and.b32 tb5, tb5, 0xffffe000; sub.rn.f32 rb5, b5, tb5; " +
        "mov.b32 tb6, b6; add.u32 tb6, tb6, 0x1000; and.b32 tb6, tb6, 0xffffe000; sub.rn.f32 rb6, b6, tb6; " +
        "mov.b32 tb7, b7; add.u32 tb7, tb7, 0x1000; and.b32 tb7, tb7, 0xffffe000; sub.rn.f32 rb7, b7, tb7; " +
        "mov.b32 ta0, a0; add.u32 ta0, ta0, 0x1000; and.b32 ta0, ta0, 0xffffe000; sub.rn.f32 ra0, a0, ta0; " +
        "mov.b32 ta1, a1; add.u32 ta1, ta1, 0x1000; and.b32 ta1, ta1, 0xffffe000; sub.rn.f32 ra1, a1, ta1; " +
        "mov.b32 ta2, a2; add.u32 ta2, ta2, 0x1000; and.b32 ta2, ta2, 0xffffe000; sub.rn.f32 ra2, a2, ta2; " +
        "mov.b32 ta3, a3; add.u32 ta3, ta3, 0x1000; and.b32 ta3, ta3, 0xffffe000; sub.rn.f32 ra3, a3, ta3; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra0, ra1, ra2, ra3}, {tb0, tb1}, " +
        "{zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra0, " +
        "ra1, ra2, ra3}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra0, ra1, ra2, ra3}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra0, ra1, ra2, ra3}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta0, ta1, ta2, ta3}, {rb0, rb1}, " +
        "{d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta0, ta1, ta2, " +
        "ta3}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, " +
        "d11}, {ta0, ta1, ta2, ta3}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta0, ta1, ta2, ta3}, {rb6, " +
        "rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta0, " +
        "ta1, ta2, ta3}, {tb0, tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, " +
        "d5, d6, d7}, {ta0, ta1, ta2, ta3}, {tb2, tb3}, {d4, d5, d6, d7}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta0, ta1, ta2, ta3}, {tb4, " +
        "tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, " +
        "{ta0, ta1, ta2, ta3}, {tb6, tb7}, {d12, d13, d14, d15}; add.rn.f32 c0, c0, d0; add.rn.f32 c1, c1, d1; " +
        "add.rn.f32 c2, c2, d2; add.rn.f32 c3, c3, d3; add.rn.f32 c4, c4, d4; add.rn.f32 c5, c5, d5; " +
        "add.rn.f32 c6, c6, d6; add.rn.f32 c7, c7, d7; add.rn.f32 c8, c8, d8; add.rn.f32 c9, c9, d9; " +
        "add.rn.f32 c10, c10, d10; add.rn.f32 c11, c11, d11; add.rn.f32 c12, c12, d12; add.rn.f32 c13, c13, d13; " +
        "add.rn.f32 c14, c14, d14; add.rn.f32 c15, c15, d15; mov.b32 ta4, a4; add.u32 ta4, ta4, 0x1000; " +
        "and.b32 ta4, ta4, 0xffffe000; sub.rn.f32 ra4, a4, ta4; mov.b32 ta5, a5; add.u32 ta5, ta5, 0x1000; " +
        "and.b32 ta5, ta5, 0xffffe000; sub.rn.f32 ra5, a5, ta5; mov.b32 ta6, a6; add.u32 ta6, ta6, 0x1000; " +
        "and.b32 ta6, ta6, 0xffffe000; sub.rn.f32 ra6, a6, ta6; mov.b32 ta7, a7; add.u32 ta7, ta7, 0x1000; " +
        "and.b32 ta7, ta7, 0xffffe000; sub.rn.f32 ra7, a7, ta7; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra4, ra5, ra6, ra7}, {tb0, tb1}, " +
        "{zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra4, " +
        "ra5, ra6, ra7}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra4, ra5, ra6, ra7}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra4, ra5, ra6, ra7}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta4, ta5, ta6, ta7}, {rb0, rb1}, " +
        "{d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta4, ta5, ta6, " +
        "ta7}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, " +
        "d11}, {ta4, ta5, ta6, ta7}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta4, ta5, ta6, ta7}, {rb6, " +
        "rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta4, " +
        "ta5, ta6, ta7}, {tb0, tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, " +
        "d5, d6, d7}, {ta4, ta5, ta6, ta7}, {tb2, tb3}, {d4, d5, d6, d7}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta4, ta5, ta6, ta7}, {tb4, " +
        "tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, " +
        "{ta4, ta5, ta6, ta7}, {tb6, tb7}, {d12, d13, d14, d15}; add.rn.f32 c16, c16, d0; " +
        "add.rn.f32 c17, c17, d1; add.rn.f32 c18, c18, d2; add.rn.f32 c19, c19, d3; add.rn.f32 c20, c20, d4; " +
        "add.rn.f32 c21, c21, d5; add.rn.f32 c22, c22, d6; add.rn.f32 c23, c23, d7; add.rn.f32 c24, c24, d8; " +
        "add.rn.f32 c25, c25, d9; add.rn.f32 c26, c26, d10; add.rn.f32 c27, c27, d11; add.rn.f32 c28, c28, d12; " +
        "add.rn.f32 c29, c29, d13; add.rn.f32 c30, c30, d14; add.rn.f32 c31, c31, d15; mov.b32 ta8, a8; " +
        "add.u32 ta8, ta8, 0x1000; and.b32 ta8, ta8, 0xffffe000; sub.rn.f32 ra8, a8, ta8; mov.b32 ta9, a9; " +
        "add.u32 ta9, ta9, 0x1000; and.b32 ta9, ta9, 0xffffe000; sub.rn.f32 ra9, a9, ta9; mov.b32 ta10, a10; " +
        "add.u32 ta10, ta10, 0x1000; and.b32 ta10, ta10, 0xffffe000; sub.rn.f32 ra10, a10, ta10; " +
        "mov.b32 ta11, a11; add.u32 ta11, ta11, 0x1000; and.b32 ta11, ta11, 0xffffe000; " +
        "sub.rn.f32 ra11, a11, ta11; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra8, " +
        "ra9, ra10, ra11}, {tb0, tb1}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra8, ra9, ra10, ra11}, {tb2, " +
        "tb3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, " +
        "{ra8, ra9, ra10, ra11}, {tb4, tb5}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ra8, ra9, ra10, ra11}, {tb6, " +
        "tb7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, " +
        "{ta8, ta9, ta10, ta11}, {rb0, rb1}, {d0, d1, d2, d3}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta8, ta9, ta10, ta11}, {rb2, " +
        "rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta8, " +
        "ta9, ta10, ta11}, {rb4, rb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d12, d13, d14, d15}, {ta8, ta9, ta10, ta11}, {rb6, rb7}, {d12, d13, d14, d15}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta8, ta9, ta10, ta11}, {tb0, " +
        "tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta8, ta9, " +
        "ta10, ta11}, {tb2, tb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, " +
        "d10, d11}, {ta8, ta9, ta10, ta11}, {tb4, tb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta8, ta9, ta10, ta11}, {tb6, " +
        "tb7}, {d12, d13, d14, d15}; add.rn.f32 c32, c32, d0; add.rn.f32 c33, c33, d1; add.rn.f32 c34, c34, d2; " +
        "add.rn.f32 c35, c35, d3; add.rn.f32 c36, c36, d4; add.rn.f32 c37, c37, d5; add.rn.f32 c38, c38, d6; " +
        "add.rn.f32 c39, c39, d7; add.rn.f32 c40, c40, d8; add.rn.f32 c41, c41, d9; add.rn.f32 c42, c42, d10; " +
        "add.rn.f32 c43, c43, d11; add.rn.f32 c44, c44, d12; add.rn.f32 c45, c45, d13; add.rn.f32 c46, c46, d14; " +
        "add.rn.f32 c47, c47, d15; mov.b32 ta12, a12; add.u32 ta12, ta12, 0x1000; " +
        "and.b32 ta12, ta12, 0xffffe000; sub.rn.f32 ra12, a12, ta12; mov.b32 ta13, a13; " +
        "add.u32 ta13, ta13, 0x1000; and.b32 ta13, ta13, 0xffffe000; sub.rn.f32 ra13, a13, ta13; " +
        "mov.b32 ta14, a14; add.u32 ta14, ta14, 0x1000; and.b32 ta14, ta14, 0xffffe000; " +
        "sub.rn.f32 ra14, a14, ta14; mov.b32 ta15, a15; add.u32 ta15, ta15, 0x1000; " +
        "and.b32 ta15, ta15, 0xffffe000; sub.rn.f32 ra15, a15, ta15; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra12, ra13, ra14, ra15}, {tb0, " +
        "tb1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, " +
        "{ra12, ra13, ra14, ra15}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra12, ra13, ra14, ra15}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra12, ra13, ra14, ra15}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta12, ta13, ta14, ta15}, {rb0, " +
        "rb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta12, " +
        "ta13, ta14, ta15}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d8, d9, d10, d11}, {ta12, ta13, ta14, ta15}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta12, ta13, ta14, ta15}, " +
        "{rb6, rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, " +
        "{ta12, ta13, ta14, ta15}, {tb0, tb1}, {d0, d1, d2, d3}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta12, ta13, ta14, ta15}, {tb2, " +
        "tb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta12, " +
        "ta13, ta14, ta15}, {tb4, tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d12, d13, d14, d15}, {ta12, ta13, ta14, ta15}, {tb6, tb7}, {d12, d13, d14, d15}; " +
        "add.rn.f32 c48, c48, d0; add.rn.f32 c49, c49, d1; add.rn.f32 c50, c50, d2; add.rn.f32 c51, c51, d3; " +
        "add.rn.f32 c52, c52, d4; add.rn.f32 c53, c53, d5; add.rn.f32 c54, c54, d6; add.rn.f32 c55, c55, d7; " +
        "add.rn.f32 c56, c56, d8; add.rn.f32 c57, c57, d9; add.rn.f32 c58, c58, d10; add.rn.f32 c59, c59, d11; " +
        "add.rn.f32 c60, c60, d12; add.rn.f32 c61, c61, d13; add.rn.f32 c62, c62, d14; add.rn.f32 c63, c63, d15; ";

    /// <summary>A thread's registers, and zeros in its 12x8 sums.</summary>
    public const string Begin12x8 =
        ".reg .b32 base; .reg .b32 sa; .reg .b32 sb; mov.u32 base, __dyn_shared_alloca; " +
        ".reg .f32 a<24>; .reg .f32 b<8>; .reg .f32 c<96>; .reg .b32 ta<24>; .reg .b32 tb<8>; " +
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

    /// <summary>Rounds what was read.</summary>
    public const string Round12x8 =
        "cvt.rna.tf32.f32 ta0, a0; cvt.rna.tf32.f32 ta1, a1; cvt.rna.tf32.f32 ta2, a2; cvt.rna.tf32.f32 ta3, a3; " +
        "cvt.rna.tf32.f32 ta4, a4; cvt.rna.tf32.f32 ta5, a5; cvt.rna.tf32.f32 ta6, a6; cvt.rna.tf32.f32 ta7, a7; " +
        "cvt.rna.tf32.f32 ta8, a8; cvt.rna.tf32.f32 ta9, a9; cvt.rna.tf32.f32 ta10, a10; " +
        "cvt.rna.tf32.f32 ta11, a11; cvt.rna.tf32.f32 ta12, a12; cvt.rna.tf32.f32 ta13, a13; " +
        "cvt.rna.tf32.f32 ta14, a14; cvt.rna.tf32.f32 ta15, a15; cvt.rna.tf32.f32 ta16, a16; " +
        "cvt.rna.tf32.f32 ta17, a17; cvt.rna.tf32.f32 ta18, a18; cvt.rna.tf32.f32 ta19, a19; " +
        "cvt.rna.tf32.f32 ta20, a20; cvt.rna.tf32.f32 ta21, a21; cvt.rna.tf32.f32 ta22, a22; " +
        "cvt.rna.tf32.f32 ta23, a23; cvt.rna.tf32.f32 tb0, b0; cvt.rna.tf32.f32 tb1, b1; " +
        "cvt.rna.tf32.f32 tb2, b2; cvt.rna.tf32.f32 tb3, b3; cvt.rna.tf32.f32 tb4, b4; cvt.rna.tf32.f32 tb5, b5; " +
        "cvt.rna.tf32.f32 tb6, b6; cvt.rna.tf32.f32 tb7, b7; ";

    /// <summary>Adds the products of what was rounded.</summary>
    public const string Multiply12x8 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c0, c1, c2, c3}, {ta0, ta1, ta2, ta3}, {tb0, tb1}, " +
        "{c0, c1, c2, c3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c4, c5, c6, c7}, {ta0, ta1, ta2, " +
        "ta3}, {tb2, tb3}, {c4, c5, c6, c7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c8, c9, c10, " +
        "c11}, {ta0, ta1, ta2, ta3}, {tb4, tb5}, {c8, c9, c10, c11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c12, c13, c14, c15}, {ta0, ta1, ta2, ta3}, {tb6, " +
        "tb7}, {c12, c13, c14, c15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c16, c17, c18, c19}, " +
        "{ta4, ta5, ta6, ta7}, {tb0, tb1}, {c16, c17, c18, c19}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c20, c21, c22, c23}, {ta4, ta5, ta6, ta7}, {tb2, " +
        "tb3}, {c20, c21, c22, c23}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c24, c25, c26, c27}, " +
        "{ta4, ta5, ta6, ta7}, {tb4, tb5}, {c24, c25, c26, c27}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c28, c29, c30, c31}, {ta4, ta5, ta6, ta7}, {tb6, " +
        "tb7}, {c28, c29, c30, c31}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c32, c33, c34, c35}, " +
        "{ta8, ta9, ta10, ta11}, {tb0, tb1}, {c32, c33, c34, c35}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c36, c37, c38, c39}, {ta8, ta9, ta10, ta11}, {tb2, " +
        "tb3}, {c36, c37, c38, c39}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c40, c41, c42, c43}, " +
        "{ta8, ta9, ta10, ta11}, {tb4, tb5}, {c40, c41, c42, c43}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c44, c45, c46, c47}, {ta8, ta9, ta10, ta11}, {tb6, " +
        "tb7}, {c44, c45, c46, c47}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c48, c49, c50, c51}, " +
        "{ta12, ta13, ta14, ta15}, {tb0, tb1}, {c48, c49, c50, c51}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c52, c53, c54, c55}, {ta12, ta13, ta14, ta15}, " +
        "{tb2, tb3}, {c52, c53, c54, c55}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c56, c57, c58, " +
        "c59}, {ta12, ta13, ta14, ta15}, {tb4, tb5}, {c56, c57, c58, c59}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c60, c61, c62, c63}, {ta12, ta13, ta14, ta15}, " +
        "{tb6, tb7}, {c60, c61, c62, c63}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c64, c65, c66, " +
        "c67}, {ta16, ta17, ta18, ta19}, {tb0, tb1}, {c64, c65, c66, c67}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c68, c69, c70, c71}, {ta16, ta17, ta18, ta19}, " +
        "{tb2, tb3}, {c68, c69, c70, c71}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c72, c73, c74, " +
        "c75}, {ta16, ta17, ta18, ta19}, {tb4, tb5}, {c72, c73, c74, c75}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c76, c77, c78, c79}, {ta16, ta17, ta18, ta19}, " +
        "{tb6, tb7}, {c76, c77, c78, c79}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c80, c81, c82, " +
        "c83}, {ta20, ta21, ta22, ta23}, {tb0, tb1}, {c80, c81, c82, c83}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c84, c85, c86, c87}, {ta20, ta21, ta22, ta23}, " +
        "{tb2, tb3}, {c84, c85, c86, c87}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c88, c89, c90, " +
        "c91}, {ta20, ta21, ta22, ta23}, {tb4, tb5}, {c88, c89, c90, c91}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {c92, c93, c94, c95}, {ta20, ta21, ta22, ta23}, " +
        "{tb6, tb7}, {c92, c93, c94, c95}; ";

    /// <summary>The registers for parts of numbers.</summary>
    public const string BeginSplit12x8 =
        ".reg .b32 ra<24>; .reg .b32 rb<8>; .reg .f32 d<16>; .reg .f32 zero; mov.f32 zero, 0f00000000; ";

    /// <summary>Splits what was read, and adds the products.</summary>
    public const string MultiplySplit12x8 =
        "mov.b32 tb0, b0; add.u32 tb0, tb0, 0x1000; and.b32 tb0, tb0, 0xffffe000; sub.rn.f32 rb0, b0, tb0; " +
        "mov.b32 tb1, b1; add.u32 tb1, tb1, 0x1000; and.b32 tb1, tb1, 0xffffe000; sub.rn.f32 rb1, b1, tb1; " +
        "mov.b32 tb2, b2; add.u32 tb2, tb2, 0x1000; and.b32 tb2, tb2, 0xffffe000; sub.rn.f32 rb2, b2, tb2; " +
        "mov.b32 tb3, b3; add.u32 tb3, tb3, 0x1000; and.b32 tb3, tb3, 0xffffe000; sub.rn.f32 rb3, b3, tb3; " +
        "mov.b32 tb4, b4; add.u32 tb4, tb4, 0x1000; and.b32 tb4, tb4, 0xffffe000; sub.rn.f32 rb4, b4, tb4; " +
        "mov.b32 tb5, b5; add.u32 tb5, tb5, 0x1000; and.b32 tb5, tb5, 0xffffe000; sub.rn.f32 rb5, b5, tb5; " +
        "mov.b32 tb6, b6; add.u32 tb6, tb6, 0x1000; and.b32 tb6, tb6, 0xffffe000; sub.rn.f32 rb6, b6, tb6; " +
        "mov.b32 tb7, b7; add.u32 tb7, tb7, 0x1000; and.b32 tb7, tb7, 0xffffe000; sub.rn.f32 rb7, b7, tb7; " +
        "mov.b32 ta0, a0; add.u32 ta0, ta0, 0x1000; and.b32 ta0, ta0, 0xffffe000; sub.rn.f32 ra0, a0, ta0; " +
        "mov.b32 ta1, a1; add.u32 ta1, ta1, 0x1000; and.b32 ta1, ta1, 0xffffe000; sub.rn.f32 ra1, a1, ta1; " +
        "mov.b32 ta2, a2; add.u32 ta2, ta2, 0x1000; and.b32 ta2, ta2, 0xffffe000; sub.rn.f32 ra2, a2, ta2; " +
        "mov.b32 ta3, a3; add.u32 ta3, ta3, 0x1000; and.b32 ta3, ta3, 0xffffe000; sub.rn.f32 ra3, a3, ta3; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra0, ra1, ra2, ra3}, {tb0, tb1}, " +
        "{zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra0, " +
        "ra1, ra2, ra3}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra0, ra1, ra2, ra3}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra0, ra1, ra2, ra3}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta0, ta1, ta2, ta3}, {rb0, rb1}, " +
        "{d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta0, ta1, ta2, " +
        "ta3}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, " +
        "d11}, {ta0, ta1, ta2, ta3}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta0, ta1, ta2, ta3}, {rb6, " +
        "rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta0, " +
        "ta1, ta2, ta3}, {tb0, tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, " +
        "d5, d6, d7}, {ta0, ta1, ta2, ta3}, {tb2, tb3}, {d4, d5, d6, d7}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta0, ta1, ta2, ta3}, {tb4, " +
        "tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, " +
        "{ta0, ta1, ta2, ta3}, {tb6, tb7}, {d12, d13, d14, d15}; add.rn.f32 c0, c0, d0; add.rn.f32 c1, c1, d1; " +
        "add.rn.f32 c2, c2, d2; add.rn.f32 c3, c3, d3; add.rn.f32 c4, c4, d4; add.rn.f32 c5, c5, d5; " +
        "add.rn.f32 c6, c6, d6; add.rn.f32 c7, c7, d7; add.rn.f32 c8, c8, d8; add.rn.f32 c9, c9, d9; " +
        "add.rn.f32 c10, c10, d10; add.rn.f32 c11, c11, d11; add.rn.f32 c12, c12, d12; add.rn.f32 c13, c13, d13; " +
        "add.rn.f32 c14, c14, d14; add.rn.f32 c15, c15, d15; mov.b32 ta4, a4; add.u32 ta4, ta4, 0x1000; " +
        "and.b32 ta4, ta4, 0xffffe000; sub.rn.f32 ra4, a4, ta4; mov.b32 ta5, a5; add.u32 ta5, ta5, 0x1000; " +
        "and.b32 ta5, ta5, 0xffffe000; sub.rn.f32 ra5, a5, ta5; mov.b32 ta6, a6; add.u32 ta6, ta6, 0x1000; " +
        "and.b32 ta6, ta6, 0xffffe000; sub.rn.f32 ra6, a6, ta6; mov.b32 ta7, a7; add.u32 ta7, ta7, 0x1000; " +
        "and.b32 ta7, ta7, 0xffffe000; sub.rn.f32 ra7, a7, ta7; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra4, ra5, ra6, ra7}, {tb0, tb1}, " +
        "{zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra4, " +
        "ra5, ra6, ra7}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra4, ra5, ra6, ra7}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra4, ra5, ra6, ra7}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta4, ta5, ta6, ta7}, {rb0, rb1}, " +
        "{d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta4, ta5, ta6, " +
        "ta7}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, " +
        "d11}, {ta4, ta5, ta6, ta7}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta4, ta5, ta6, ta7}, {rb6, " +
        "rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta4, " +
        "ta5, ta6, ta7}, {tb0, tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, " +
        "d5, d6, d7}, {ta4, ta5, ta6, ta7}, {tb2, tb3}, {d4, d5, d6, d7}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta4, ta5, ta6, ta7}, {tb4, " +
        "tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, " +
        "{ta4, ta5, ta6, ta7}, {tb6, tb7}, {d12, d13, d14, d15}; add.rn.f32 c16, c16, d0; " +
        "add.rn.f32 c17, c17, d1; add.rn.f32 c18, c18, d2; add.rn.f32 c19, c19, d3; add.rn.f32 c20, c20, d4; " +
        "add.rn.f32 c21, c21, d5; add.rn.f32 c22, c22, d6; add.rn.f32 c23, c23, d7; add.rn.f32 c24, c24, d8; " +
        "add.rn.f32 c25, c25, d9; add.rn.f32 c26, c26, d10; add.rn.f32 c27, c27, d11; add.rn.f32 c28, c28, d12; " +
        "add.rn.f32 c29, c29, d13; add.rn.f32 c30, c30, d14; add.rn.f32 c31, c31, d15; mov.b32 ta8, a8; " +
        "add.u32 ta8, ta8, 0x1000; and.b32 ta8, ta8, 0xffffe000; sub.rn.f32 ra8, a8, ta8; mov.b32 ta9, a9; " +
        "add.u32 ta9, ta9, 0x1000; and.b32 ta9, ta9, 0xffffe000; sub.rn.f32 ra9, a9, ta9; mov.b32 ta10, a10; " +
        "add.u32 ta10, ta10, 0x1000; and.b32 ta10, ta10, 0xffffe000; sub.rn.f32 ra10, a10, ta10; " +
        "mov.b32 ta11, a11; add.u32 ta11, ta11, 0x1000; and.b32 ta11, ta11, 0xffffe000; " +
        "sub.rn.f32 ra11, a11, ta11; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra8, " +
        "ra9, ra10, ra11}, {tb0, tb1}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra8, ra9, ra10, ra11}, {tb2, " +
        "tb3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, " +
        "{ra8, ra9, ra10, ra11}, {tb4, tb5}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ra8, ra9, ra10, ra11}, {tb6, " +
        "tb7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, " +
        "{ta8, ta9, ta10, ta11}, {rb0, rb1}, {d0, d1, d2, d3}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta8, ta9, ta10, ta11}, {rb2, " +
        "rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta8, " +
        "ta9, ta10, ta11}, {rb4, rb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d12, d13, d14, d15}, {ta8, ta9, ta10, ta11}, {rb6, rb7}, {d12, d13, d14, d15}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta8, ta9, ta10, ta11}, {tb0, " +
        "tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta8, ta9, " +
        "ta10, ta11}, {tb2, tb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, " +
        "d10, d11}, {ta8, ta9, ta10, ta11}, {tb4, tb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta8, ta9, ta10, ta11}, {tb6, " +
        "tb7}, {d12, d13, d14, d15}; add.rn.f32 c32, c32, d0; add.rn.f32 c33, c33, d1; add.rn.f32 c34, c34, d2; " +
        "add.rn.f32 c35, c35, d3; add.rn.f32 c36, c36, d4; add.rn.f32 c37, c37, d5; add.rn.f32 c38, c38, d6; " +
        "add.rn.f32 c39, c39, d7; add.rn.f32 c40, c40, d8; add.rn.f32 c41, c41, d9; add.rn.f32 c42, c42, d10; " +
        "add.rn.f32 c43, c43, d11; add.rn.f32 c44, c44, d12; add.rn.f32 c45, c45, d13; add.rn.f32 c46, c46, d14; " +
        "add.rn.f32 c47, c47, d15; mov.b32 ta12, a12; add.u32 ta12, ta12, 0x1000; " +
        "and.b32 ta12, ta12, 0xffffe000; sub.rn.f32 ra12, a12, ta12; mov.b32 ta13, a13; " +
        "add.u32 ta13, ta13, 0x1000; and.b32 ta13, ta13, 0xffffe000; sub.rn.f32 ra13, a13, ta13; " +
        "mov.b32 ta14, a14; add.u32 ta14, ta14, 0x1000; and.b32 ta14, ta14, 0xffffe000; " +
        "sub.rn.f32 ra14, a14, ta14; mov.b32 ta15, a15; add.u32 ta15, ta15, 0x1000; " +
        "and.b32 ta15, ta15, 0xffffe000; sub.rn.f32 ra15, a15, ta15; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra12, ra13, ra14, ra15}, {tb0, " +
        "tb1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, " +
        "{ra12, ra13, ra14, ra15}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra12, ra13, ra14, ra15}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra12, ra13, ra14, ra15}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta12, ta13, ta14, ta15}, {rb0, " +
        "rb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta12, " +
        "ta13, ta14, ta15}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d8, d9, d10, d11}, {ta12, ta13, ta14, ta15}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta12, ta13, ta14, ta15}, " +
        "{rb6, rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, " +
        "{ta12, ta13, ta14, ta15}, {tb0, tb1}, {d0, d1, d2, d3}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta12, ta13, ta14, ta15}, {tb2, " +
        "tb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta12, " +
        "ta13, ta14, ta15}, {tb4, tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d12, d13, d14, d15}, {ta12, ta13, ta14, ta15}, {tb6, tb7}, {d12, d13, d14, d15}; " +
        "add.rn.f32 c48, c48, d0; add.rn.f32 c49, c49, d1; add.rn.f32 c50, c50, d2; add.rn.f32 c51, c51, d3; " +
        "add.rn.f32 c52, c52, d4; add.rn.f32 c53, c53, d5; add.rn.f32 c54, c54, d6; add.rn.f32 c55, c55, d7; " +
        "add.rn.f32 c56, c56, d8; add.rn.f32 c57, c57, d9; add.rn.f32 c58, c58, d10; add.rn.f32 c59, c59, d11; " +
        "add.rn.f32 c60, c60, d12; add.rn.f32 c61, c61, d13; add.rn.f32 c62, c62, d14; add.rn.f32 c63, c63, d15; " +
        "mov.b32 ta16, a16; add.u32 ta16, ta16, 0x1000; and.b32 ta16, ta16, 0xffffe000; " +
        "sub.rn.f32 ra16, a16, ta16; mov.b32 ta17, a17; add.u32 ta17, ta17, 0x1000; " +
        "and.b32 ta17, ta17, 0xffffe000; sub.rn.f32 ra17, a17, ta17; mov.b32 ta18, a18; " +
        "add.u32 ta18, ta18, 0x1000; and.b32 ta18, ta18, 0xffffe000; sub.rn.f32 ra18, a18, ta18; " +
        "mov.b32 ta19, a19; add.u32 ta19, ta19, 0x1000; and.b32 ta19, ta19, 0xffffe000; " +
        "sub.rn.f32 ra19, a19, ta19; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra16, " +
        "ra17, ra18, ra19}, {tb0, tb1}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ra16, ra17, ra18, ra19}, {tb2, " +
        "tb3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, " +
        "{ra16, ra17, ra18, ra19}, {tb4, tb5}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ra16, ra17, ra18, ra19}, " +
        "{tb6, tb7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, " +
        "d3}, {ta16, ta17, ta18, ta19}, {rb0, rb1}, {d0, d1, d2, d3}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta16, ta17, ta18, ta19}, {rb2, " +
        "rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta16, " +
        "ta17, ta18, ta19}, {rb4, rb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d12, d13, d14, d15}, {ta16, ta17, ta18, ta19}, {rb6, rb7}, {d12, d13, d14, d15}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta16, ta17, ta18, ta19}, {tb0, " +
        "tb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta16, " +
        "ta17, ta18, ta19}, {tb2, tb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d8, d9, d10, d11}, {ta16, ta17, ta18, ta19}, {tb4, tb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta16, ta17, ta18, ta19}, " +
        "{tb6, tb7}, {d12, d13, d14, d15}; add.rn.f32 c64, c64, d0; add.rn.f32 c65, c65, d1; " +
        "add.rn.f32 c66, c66, d2; add.rn.f32 c67, c67, d3; add.rn.f32 c68, c68, d4; add.rn.f32 c69, c69, d5; " +
        "add.rn.f32 c70, c70, d6; add.rn.f32 c71, c71, d7; add.rn.f32 c72, c72, d8; add.rn.f32 c73, c73, d9; " +
        "add.rn.f32 c74, c74, d10; add.rn.f32 c75, c75, d11; add.rn.f32 c76, c76, d12; add.rn.f32 c77, c77, d13; " +
        "add.rn.f32 c78, c78, d14; add.rn.f32 c79, c79, d15; mov.b32 ta20, a20; add.u32 ta20, ta20, 0x1000; " +
        "and.b32 ta20, ta20, 0xffffe000; sub.rn.f32 ra20, a20, ta20; mov.b32 ta21, a21; " +
        "add.u32 ta21, ta21, 0x1000; and.b32 ta21, ta21, 0xffffe000; sub.rn.f32 ra21, a21, ta21; " +
        "mov.b32 ta22, a22; add.u32 ta22, ta22, 0x1000; and.b32 ta22, ta22, 0xffffe000; " +
        "sub.rn.f32 ra22, a22, ta22; mov.b32 ta23, a23; add.u32 ta23, ta23, 0x1000; " +
        "and.b32 ta23, ta23, 0xffffe000; sub.rn.f32 ra23, a23, ta23; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ra20, ra21, ra22, ra23}, {tb0, " +
        "tb1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, " +
        "{ra20, ra21, ra22, ra23}, {tb2, tb3}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ra20, ra21, ra22, ra23}, {tb4, " +
        "tb5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, " +
        "d15}, {ra20, ra21, ra22, ra23}, {tb6, tb7}, {zero, zero, zero, zero}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {ta20, ta21, ta22, ta23}, {rb0, " +
        "rb1}, {d0, d1, d2, d3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta20, " +
        "ta21, ta22, ta23}, {rb2, rb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d8, d9, d10, d11}, {ta20, ta21, ta22, ta23}, {rb4, rb5}, {d8, d9, d10, d11}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {ta20, ta21, ta22, ta23}, " +
        "{rb6, rb7}, {d12, d13, d14, d15}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, " +
        "{ta20, ta21, ta22, ta23}, {tb0, tb1}, {d0, d1, d2, d3}; " +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {ta20, ta21, ta22, ta23}, {tb2, " +
        "tb3}, {d4, d5, d6, d7}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {ta20, " +
        "ta21, ta22, ta23}, {tb4, tb5}, {d8, d9, d10, d11}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 " +
        "{d12, d13, d14, d15}, {ta20, ta21, ta22, ta23}, {tb6, tb7}, {d12, d13, d14, d15}; " +
        "add.rn.f32 c80, c80, d0; add.rn.f32 c81, c81, d1; add.rn.f32 c82, c82, d2; add.rn.f32 c83, c83, d3; " +
        "add.rn.f32 c84, c84, d4; add.rn.f32 c85, c85, d5; add.rn.f32 c86, c86, d6; add.rn.f32 c87, c87, d7; " +
        "add.rn.f32 c88, c88, d8; add.rn.f32 c89, c89, d9; add.rn.f32 c90, c90, d10; add.rn.f32 c91, c91, d11; " +
        "add.rn.f32 c92, c92, d12; add.rn.f32 c93, c93, d13; add.rn.f32 c94, c94, d14; add.rn.f32 c95, c95, d15; ";

    /// <summary>Reads what is multiplied in the next step.</summary>
    public const string Load128x128By16 =
        "ld.volatile.shared.v2.f32 {a0, a1}, [sa+0]; ld.volatile.shared.v2.f32 {a2, a3}, [sa+528]; " +
        "ld.volatile.shared.v2.f32 {a4, a5}, [sa+64]; ld.volatile.shared.v2.f32 {a6, a7}, [sa+592]; " +
        "ld.volatile.shared.v2.f32 {a8, a9}, [sa+256]; ld.volatile.shared.v2.f32 {a10, a11}, [sa+784]; " +
        "ld.volatile.shared.v2.f32 {a12, a13}, [sa+320]; ld.volatile.shared.v2.f32 {a14, a15}, [sa+848]; " +
        "ld.volatile.shared.f32 b0, [sb+0]; ld.volatile.shared.f32 b1, [sb+528]; " +
        "ld.volatile.shared.f32 b2, [sb+32]; ld.volatile.shared.f32 b3, [sb+560]; " +
        "ld.volatile.shared.f32 b4, [sb+64]; ld.volatile.shared.f32 b5, [sb+592]; " +
        "ld.volatile.shared.f32 b6, [sb+96]; ld.volatile.shared.f32 b7, [sb+624]; " +
        "ld.volatile.shared.f32 b8, [sb+256]; ld.volatile.shared.f32 b9, [sb+784]; " +
        "ld.volatile.shared.f32 b10, [sb+288]; ld.volatile.shared.f32 b11, [sb+816]; " +
        "ld.volatile.shared.f32 b12, [sb+320]; ld.volatile.shared.f32 b13, [sb+848]; " +
        "ld.volatile.shared.f32 b14, [sb+352]; ld.volatile.shared.f32 b15, [sb+880]; add.u32 sa, sa, 4224; " +
        "add.u32 sb, sb, 4224; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of128x128By16 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c0, c1}; " +
        "st.shared.v2.f32 [to+32], {c4, c5}; st.shared.v2.f32 [to+64], {c8, c9}; " +
        "st.shared.v2.f32 [to+96], {c12, c13}; st.shared.v2.f32 [to+256], {c16, c17}; " +
        "st.shared.v2.f32 [to+288], {c20, c21}; st.shared.v2.f32 [to+320], {c24, c25}; " +
        "st.shared.v2.f32 [to+352], {c28, c29}; st.shared.v2.f32 [to+528], {c2, c3}; " +
        "st.shared.v2.f32 [to+560], {c6, c7}; st.shared.v2.f32 [to+592], {c10, c11}; " +
        "st.shared.v2.f32 [to+624], {c14, c15}; st.shared.v2.f32 [to+784], {c18, c19}; " +
        "st.shared.v2.f32 [to+816], {c22, c23}; st.shared.v2.f32 [to+848], {c26, c27}; " +
        "st.shared.v2.f32 [to+880], {c30, c31}; st.shared.v2.f32 [to+8448], {c32, c33}; " +
        "st.shared.v2.f32 [to+8480], {c36, c37}; st.shared.v2.f32 [to+8512], {c40, c41}; " +
        "st.shared.v2.f32 [to+8544], {c44, c45}; st.shared.v2.f32 [to+8704], {c48, c49}; " +
        "st.shared.v2.f32 [to+8736], {c52, c53}; st.shared.v2.f32 [to+8768], {c56, c57}; " +
        "st.shared.v2.f32 [to+8800], {c60, c61}; st.shared.v2.f32 [to+8976], {c34, c35}; " +
        "st.shared.v2.f32 [to+9008], {c38, c39}; st.shared.v2.f32 [to+9040], {c42, c43}; " +
        "st.shared.v2.f32 [to+9072], {c46, c47}; st.shared.v2.f32 [to+9232], {c50, c51}; " +
        "st.shared.v2.f32 [to+9264], {c54, c55}; st.shared.v2.f32 [to+9296], {c58, c59}; " +
        "st.shared.v2.f32 [to+9328], {c62, c63}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of128x128By16 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c64, c65}; " +
        "st.shared.v2.f32 [to+32], {c68, c69}; st.shared.v2.f32 [to+64], {c72, c73}; " +
        "st.shared.v2.f32 [to+96], {c76, c77}; st.shared.v2.f32 [to+256], {c80, c81}; " +
        "st.shared.v2.f32 [to+288], {c84, c85}; st.shared.v2.f32 [to+320], {c88, c89}; " +
        "st.shared.v2.f32 [to+352], {c92, c93}; st.shared.v2.f32 [to+528], {c66, c67}; " +
        "st.shared.v2.f32 [to+560], {c70, c71}; st.shared.v2.f32 [to+592], {c74, c75}; " +
        "st.shared.v2.f32 [to+624], {c78, c79}; st.shared.v2.f32 [to+784], {c82, c83}; " +
        "st.shared.v2.f32 [to+816], {c86, c87}; st.shared.v2.f32 [to+848], {c90, c91}; " +
        "st.shared.v2.f32 [to+880], {c94, c95}; st.shared.v2.f32 [to+8448], {c96, c97}; " +
        "st.shared.v2.f32 [to+8480], {c100, c101}; st.shared.v2.f32 [to+8512], {c104, c105}; " +
        "st.shared.v2.f32 [to+8544], {c108, c109}; st.shared.v2.f32 [to+8704], {c112, c113}; " +
        "st.shared.v2.f32 [to+8736], {c116, c117}; st.shared.v2.f32 [to+8768], {c120, c121}; " +
        "st.shared.v2.f32 [to+8800], {c124, c125}; st.shared.v2.f32 [to+8976], {c98, c99}; " +
        "st.shared.v2.f32 [to+9008], {c102, c103}; st.shared.v2.f32 [to+9040], {c106, c107}; " +
        "st.shared.v2.f32 [to+9072], {c110, c111}; st.shared.v2.f32 [to+9232], {c114, c115}; " +
        "st.shared.v2.f32 [to+9264], {c118, c119}; st.shared.v2.f32 [to+9296], {c122, c123}; " +
        "st.shared.v2.f32 [to+9328], {c126, c127}; } ";

    /// <summary>Reads what is multiplied in the next step.</summary>
    public const string Load128x128By8 =
        "ld.volatile.shared.v2.f32 {a0, a1}, [sa+0]; ld.volatile.shared.v2.f32 {a2, a3}, [sa+528]; " +
        "ld.volatile.shared.v2.f32 {a4, a5}, [sa+64]; ld.volatile.shared.v2.f32 {a6, a7}, [sa+592]; " +
        "ld.volatile.shared.v2.f32 {a8, a9}, [sa+256]; ld.volatile.shared.v2.f32 {a10, a11}, [sa+784]; " +
        "ld.volatile.shared.v2.f32 {a12, a13}, [sa+320]; ld.volatile.shared.v2.f32 {a14, a15}, [sa+848]; " +
        "ld.volatile.shared.f32 b0, [sb+0]; ld.volatile.shared.f32 b1, [sb+528]; " +
        "ld.volatile.shared.f32 b2, [sb+32]; ld.volatile.shared.f32 b3, [sb+560]; " +
        "ld.volatile.shared.f32 b4, [sb+64]; ld.volatile.shared.f32 b5, [sb+592]; " +
        "ld.volatile.shared.f32 b6, [sb+96]; ld.volatile.shared.f32 b7, [sb+624]; add.u32 sa, sa, 4224; " +
        "add.u32 sb, sb, 4224; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of128x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c0, c1}; " +
        "st.shared.v2.f32 [to+32], {c4, c5}; st.shared.v2.f32 [to+64], {c8, c9}; " +
        "st.shared.v2.f32 [to+96], {c12, c13}; st.shared.v2.f32 [to+528], {c2, c3}; " +
        "st.shared.v2.f32 [to+560], {c6, c7}; st.shared.v2.f32 [to+592], {c10, c11}; " +
        "st.shared.v2.f32 [to+624], {c14, c15}; st.shared.v2.f32 [to+8448], {c16, c17}; " +
        "st.shared.v2.f32 [to+8480], {c20, c21}; st.shared.v2.f32 [to+8512], {c24, c25}; " +
        "st.shared.v2.f32 [to+8544], {c28, c29}; st.shared.v2.f32 [to+8976], {c18, c19}; " +
        "st.shared.v2.f32 [to+9008], {c22, c23}; st.shared.v2.f32 [to+9040], {c26, c27}; " +
        "st.shared.v2.f32 [to+9072], {c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of128x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c32, c33}; " +
        "st.shared.v2.f32 [to+32], {c36, c37}; st.shared.v2.f32 [to+64], {c40, c41}; " +
        "st.shared.v2.f32 [to+96], {c44, c45}; st.shared.v2.f32 [to+528], {c34, c35}; " +
        "st.shared.v2.f32 [to+560], {c38, c39}; st.shared.v2.f32 [to+592], {c42, c43}; " +
        "st.shared.v2.f32 [to+624], {c46, c47}; st.shared.v2.f32 [to+8448], {c48, c49}; " +
        "st.shared.v2.f32 [to+8480], {c52, c53}; st.shared.v2.f32 [to+8512], {c56, c57}; " +
        "st.shared.v2.f32 [to+8544], {c60, c61}; st.shared.v2.f32 [to+8976], {c50, c51}; " +
        "st.shared.v2.f32 [to+9008], {c54, c55}; st.shared.v2.f32 [to+9040], {c58, c59}; " +
        "st.shared.v2.f32 [to+9072], {c62, c63}; } ";

    /// <summary>Reads what is multiplied in the next step.</summary>
    public const string Load96x128By8 =
        "ld.volatile.shared.v2.f32 {a0, a1}, [sa+0]; ld.volatile.shared.v2.f32 {a2, a3}, [sa+400]; " +
        "ld.volatile.shared.v2.f32 {a4, a5}, [sa+64]; ld.volatile.shared.v2.f32 {a6, a7}, [sa+464]; " +
        "ld.volatile.shared.v2.f32 {a8, a9}, [sa+128]; ld.volatile.shared.v2.f32 {a10, a11}, [sa+528]; " +
        "ld.volatile.shared.v2.f32 {a12, a13}, [sa+192]; ld.volatile.shared.v2.f32 {a14, a15}, [sa+592]; " +
        "ld.volatile.shared.v2.f32 {a16, a17}, [sa+256]; ld.volatile.shared.v2.f32 {a18, a19}, [sa+656]; " +
        "ld.volatile.shared.v2.f32 {a20, a21}, [sa+320]; ld.volatile.shared.v2.f32 {a22, a23}, [sa+720]; " +
        "ld.volatile.shared.f32 b0, [sb+0]; ld.volatile.shared.f32 b1, [sb+528]; " +
        "ld.volatile.shared.f32 b2, [sb+32]; ld.volatile.shared.f32 b3, [sb+560]; " +
        "ld.volatile.shared.f32 b4, [sb+64]; ld.volatile.shared.f32 b5, [sb+592]; " +
        "ld.volatile.shared.f32 b6, [sb+96]; ld.volatile.shared.f32 b7, [sb+624]; add.u32 sa, sa, 3200; " +
        "add.u32 sb, sb, 4224; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of96x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c0, c1}; " +
        "st.shared.v2.f32 [to+32], {c4, c5}; st.shared.v2.f32 [to+64], {c8, c9}; " +
        "st.shared.v2.f32 [to+96], {c12, c13}; st.shared.v2.f32 [to+528], {c2, c3}; " +
        "st.shared.v2.f32 [to+560], {c6, c7}; st.shared.v2.f32 [to+592], {c10, c11}; " +
        "st.shared.v2.f32 [to+624], {c14, c15}; st.shared.v2.f32 [to+8448], {c16, c17}; " +
        "st.shared.v2.f32 [to+8480], {c20, c21}; st.shared.v2.f32 [to+8512], {c24, c25}; " +
        "st.shared.v2.f32 [to+8544], {c28, c29}; st.shared.v2.f32 [to+8976], {c18, c19}; " +
        "st.shared.v2.f32 [to+9008], {c22, c23}; st.shared.v2.f32 [to+9040], {c26, c27}; " +
        "st.shared.v2.f32 [to+9072], {c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of96x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c32, c33}; " +
        "st.shared.v2.f32 [to+32], {c36, c37}; st.shared.v2.f32 [to+64], {c40, c41}; " +
        "st.shared.v2.f32 [to+96], {c44, c45}; st.shared.v2.f32 [to+528], {c34, c35}; " +
        "st.shared.v2.f32 [to+560], {c38, c39}; st.shared.v2.f32 [to+592], {c42, c43}; " +
        "st.shared.v2.f32 [to+624], {c46, c47}; st.shared.v2.f32 [to+8448], {c48, c49}; " +
        "st.shared.v2.f32 [to+8480], {c52, c53}; st.shared.v2.f32 [to+8512], {c56, c57}; " +
        "st.shared.v2.f32 [to+8544], {c60, c61}; st.shared.v2.f32 [to+8976], {c50, c51}; " +
        "st.shared.v2.f32 [to+9008], {c54, c55}; st.shared.v2.f32 [to+9040], {c58, c59}; " +
        "st.shared.v2.f32 [to+9072], {c62, c63}; } ";

    /// <summary>Writes block 2 of the thread's rows to shared memory.</summary>
    public const string Store2Of96x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c64, c65}; " +
        "st.shared.v2.f32 [to+32], {c68, c69}; st.shared.v2.f32 [to+64], {c72, c73}; " +
        "st.shared.v2.f32 [to+96], {c76, c77}; st.shared.v2.f32 [to+528], {c66, c67}; " +
        "st.shared.v2.f32 [to+560], {c70, c71}; st.shared.v2.f32 [to+592], {c74, c75}; " +
        "st.shared.v2.f32 [to+624], {c78, c79}; st.shared.v2.f32 [to+8448], {c80, c81}; " +
        "st.shared.v2.f32 [to+8480], {c84, c85}; st.shared.v2.f32 [to+8512], {c88, c89}; " +
        "st.shared.v2.f32 [to+8544], {c92, c93}; st.shared.v2.f32 [to+8976], {c82, c83}; " +
        "st.shared.v2.f32 [to+9008], {c86, c87}; st.shared.v2.f32 [to+9040], {c90, c91}; " +
        "st.shared.v2.f32 [to+9072], {c94, c95}; } ";

    /// <summary>Reads what is multiplied in the next step.</summary>
    public const string Load64x128By8 =
        "ld.volatile.shared.v2.f32 {a0, a1}, [sa+0]; ld.volatile.shared.v2.f32 {a2, a3}, [sa+272]; " +
        "ld.volatile.shared.v2.f32 {a4, a5}, [sa+64]; ld.volatile.shared.v2.f32 {a6, a7}, [sa+336]; " +
        "ld.volatile.shared.v2.f32 {a8, a9}, [sa+128]; ld.volatile.shared.v2.f32 {a10, a11}, [sa+400]; " +
        "ld.volatile.shared.v2.f32 {a12, a13}, [sa+192]; ld.volatile.shared.v2.f32 {a14, a15}, [sa+464]; " +
        "ld.volatile.shared.f32 b0, [sb+0]; ld.volatile.shared.f32 b1, [sb+528]; " +
        "ld.volatile.shared.f32 b2, [sb+32]; ld.volatile.shared.f32 b3, [sb+560]; " +
        "ld.volatile.shared.f32 b4, [sb+64]; ld.volatile.shared.f32 b5, [sb+592]; " +
        "ld.volatile.shared.f32 b6, [sb+96]; ld.volatile.shared.f32 b7, [sb+624]; add.u32 sa, sa, 2176; " +
        "add.u32 sb, sb, 4224; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of64x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c0, c1}; " +
        "st.shared.v2.f32 [to+32], {c4, c5}; st.shared.v2.f32 [to+64], {c8, c9}; " +
        "st.shared.v2.f32 [to+96], {c12, c13}; st.shared.v2.f32 [to+528], {c2, c3}; " +
        "st.shared.v2.f32 [to+560], {c6, c7}; st.shared.v2.f32 [to+592], {c10, c11}; " +
        "st.shared.v2.f32 [to+624], {c14, c15}; st.shared.v2.f32 [to+8448], {c16, c17}; " +
        "st.shared.v2.f32 [to+8480], {c20, c21}; st.shared.v2.f32 [to+8512], {c24, c25}; " +
        "st.shared.v2.f32 [to+8544], {c28, c29}; st.shared.v2.f32 [to+8976], {c18, c19}; " +
        "st.shared.v2.f32 [to+9008], {c22, c23}; st.shared.v2.f32 [to+9040], {c26, c27}; " +
        "st.shared.v2.f32 [to+9072], {c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of64x128By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c32, c33}; " +
        "st.shared.v2.f32 [to+32], {c36, c37}; st.shared.v2.f32 [to+64], {c40, c41}; " +
        "st.shared.v2.f32 [to+96], {c44, c45}; st.shared.v2.f32 [to+528], {c34, c35}; " +
        "st.shared.v2.f32 [to+560], {c38, c39}; st.shared.v2.f32 [to+592], {c42, c43}; " +
        "st.shared.v2.f32 [to+624], {c46, c47}; st.shared.v2.f32 [to+8448], {c48, c49}; " +
        "st.shared.v2.f32 [to+8480], {c52, c53}; st.shared.v2.f32 [to+8512], {c56, c57}; " +
        "st.shared.v2.f32 [to+8544], {c60, c61}; st.shared.v2.f32 [to+8976], {c50, c51}; " +
        "st.shared.v2.f32 [to+9008], {c54, c55}; st.shared.v2.f32 [to+9040], {c58, c59}; " +
        "st.shared.v2.f32 [to+9072], {c62, c63}; } ";

    /// <summary>Reads what is multiplied in the next step.</summary>
    public const string Load64x64By8 =
        "ld.volatile.shared.v2.f32 {a0, a1}, [sa+0]; ld.volatile.shared.v2.f32 {a2, a3}, [sa+272]; " +
        "ld.volatile.shared.v2.f32 {a4, a5}, [sa+64]; ld.volatile.shared.v2.f32 {a6, a7}, [sa+336]; " +
        "ld.volatile.shared.v2.f32 {a8, a9}, [sa+128]; ld.volatile.shared.v2.f32 {a10, a11}, [sa+400]; " +
        "ld.volatile.shared.v2.f32 {a12, a13}, [sa+192]; ld.volatile.shared.v2.f32 {a14, a15}, [sa+464]; " +
        "ld.volatile.shared.f32 b0, [sb+0]; ld.volatile.shared.f32 b1, [sb+272]; " +
        "ld.volatile.shared.f32 b2, [sb+32]; ld.volatile.shared.f32 b3, [sb+304]; " +
        "ld.volatile.shared.f32 b4, [sb+64]; ld.volatile.shared.f32 b5, [sb+336]; " +
        "ld.volatile.shared.f32 b6, [sb+96]; ld.volatile.shared.f32 b7, [sb+368]; add.u32 sa, sa, 2176; " +
        "add.u32 sb, sb, 2176; ";

    /// <summary>Writes block 0 of the thread's rows to shared memory.</summary>
    public const string Store0Of64x64By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c0, c1}; " +
        "st.shared.v2.f32 [to+32], {c4, c5}; st.shared.v2.f32 [to+64], {c8, c9}; " +
        "st.shared.v2.f32 [to+96], {c12, c13}; st.shared.v2.f32 [to+272], {c2, c3}; " +
        "st.shared.v2.f32 [to+304], {c6, c7}; st.shared.v2.f32 [to+336], {c10, c11}; " +
        "st.shared.v2.f32 [to+368], {c14, c15}; st.shared.v2.f32 [to+4352], {c16, c17}; " +
        "st.shared.v2.f32 [to+4384], {c20, c21}; st.shared.v2.f32 [to+4416], {c24, c25}; " +
        "st.shared.v2.f32 [to+4448], {c28, c29}; st.shared.v2.f32 [to+4624], {c18, c19}; " +
        "st.shared.v2.f32 [to+4656], {c22, c23}; st.shared.v2.f32 [to+4688], {c26, c27}; " +
        "st.shared.v2.f32 [to+4720], {c30, c31}; } ";

    /// <summary>Writes block 1 of the thread's rows to shared memory.</summary>
    public const string Store1Of64x64By8 =
        "{ .reg .b32 to; add.u32 to, base, %0; st.shared.v2.f32 [to+0], {c32, c33}; " +
        "st.shared.v2.f32 [to+32], {c36, c37}; st.shared.v2.f32 [to+64], {c40, c41}; " +
        "st.shared.v2.f32 [to+96], {c44, c45}; st.shared.v2.f32 [to+272], {c34, c35}; " +
        "st.shared.v2.f32 [to+304], {c38, c39}; st.shared.v2.f32 [to+336], {c42, c43}; " +
        "st.shared.v2.f32 [to+368], {c46, c47}; st.shared.v2.f32 [to+4352], {c48, c49}; " +
        "st.shared.v2.f32 [to+4384], {c52, c53}; st.shared.v2.f32 [to+4416], {c56, c57}; " +
        "st.shared.v2.f32 [to+4448], {c60, c61}; st.shared.v2.f32 [to+4624], {c50, c51}; " +
        "st.shared.v2.f32 [to+4656], {c54, c55}; st.shared.v2.f32 [to+4688], {c58, c59}; " +
        "st.shared.v2.f32 [to+4720], {c62, c63}; } ";
}
