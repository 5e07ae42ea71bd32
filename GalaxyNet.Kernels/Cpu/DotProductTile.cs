using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// Many dot products at once: S[t, g] = sum over p of A[g, p] B[t, p], where p runs along memory in both.
/// The sums stay in registers, one vector each, and their lanes are added up once, at the end.
/// </summary>
/// <remarks>
/// This is the shape of the products whose long axis is contiguous on both sides: a filter's gradient is the dot
/// product of an output channel's gradient with the image seen through one tap; a dense layer's output is that of a row
/// of x with a row of w. Neither side has to be packed or transposed. Each step loads 4 vectors of A and 6 of B for 24
/// multiply-adds (2 and 6 for 12 with sixteen registers).
/// </remarks>
internal static unsafe class DotProductTile
{
    /// <summary>Rows of B in a tile.</summary>
    public const int RowsOfB = 6;

    /// <summary>Rows of A in the largest tile.</summary>
    public const int MaxRowsOfA = 4;

    /// <summary>Rows of A in a tile: as many as leave no accumulator without a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowsOfA<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Registers == 32 ? MaxRowsOfA : 2;

    /// <summary>
    /// Computes a tile into <paramref name="sums"/>: the sum for row t of B and row g of A goes to [RowsOfA t + g].
    /// </summary>
    /// <param name="a">The first of the rows of A.</param>
    /// <param name="aOffsets">Where each row of A starts.</param>
    /// <param name="b">What the rows of B are found from.</param>
    /// <param name="bOffsets">Where each row of B starts.</param>
    /// <param name="path">How p runs through memory.</param>
    /// <param name="sums">Receives the sums.</param>
    public static void Multiply<TSimd, TVector>(
        float* a, int* aOffsets, float* b, int* bOffsets, in DotProductPath path, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (TSimd.Registers == 32)
            Multiply6x4<TSimd, TVector>(a, aOffsets, b, bOffsets, path, sums);
        else
            Multiply6x2<TSimd, TVector>(a, aOffsets, b, bOffsets, path, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6x4<TSimd, TVector>(
        float* a, int* aOffsets, float* b, int* bOffsets, in DotProductPath path, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c02 = TSimd.Zero, c03 = TSimd.Zero;
        TVector c10 = TSimd.Zero, c11 = TSimd.Zero, c12 = TSimd.Zero, c13 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c22 = TSimd.Zero, c23 = TSimd.Zero;
        TVector c30 = TSimd.Zero, c31 = TSimd.Zero, c32 = TSimd.Zero, c33 = TSimd.Zero;
        TVector c40 = TSimd.Zero, c41 = TSimd.Zero, c42 = TSimd.Zero, c43 = TSimd.Zero;
        TVector c50 = TSimd.Zero, c51 = TSimd.Zero, c52 = TSimd.Zero, c53 = TSimd.Zero;
        nint a1 = aOffsets[1] - aOffsets[0], a2 = aOffsets[2] - aOffsets[0], a3 = aOffsets[3] - aOffsets[0];
        nint b1 = bOffsets[1] - bOffsets[0], b2 = bOffsets[2] - bOffsets[0], b3 = bOffsets[3] - bOffsets[0];
        nint b4 = bOffsets[4] - bOffsets[0], b5 = bOffsets[5] - bOffsets[0];
        for (int plane = 0; plane < path.Planes; plane++)
        {
            float* left = a + aOffsets[0] + (plane * (nint)path.PlaneStrideOfA);
            float* right = b + bOffsets[0] + (plane * (nint)path.PlaneStrideOfB);
            for (int row = 0; row < path.Rows; row++)
            {
                float* end = left + path.Columns;
                float* q = right;
                for (float* p = left; p < end; p += TSimd.Count)
                {
                    TVector v0 = TSimd.Load(p);
                    TVector v1 = TSimd.Load(p + a1);
                    TVector v2 = TSimd.Load(p + a2);
                    TVector v3 = TSimd.Load(p + a3);
                    TVector tap = TSimd.Load(q);
                    c00 = TSimd.MultiplyAdd(tap, v0, c00);
                    c01 = TSimd.MultiplyAdd(tap, v1, c01);
                    c02 = TSimd.MultiplyAdd(tap, v2, c02);
                    c03 = TSimd.MultiplyAdd(tap, v3, c03);
                    tap = TSimd.Load(q + b1);
                    c10 = TSimd.MultiplyAdd(tap, v0, c10);
                    c11 = TSimd.MultiplyAdd(tap, v1, c11);
                    c12 = TSimd.MultiplyAdd(tap, v2, c12);
                    c13 = TSimd.MultiplyAdd(tap, v3, c13);
                    tap = TSimd.Load(q + b2);
                    c20 = TSimd.MultiplyAdd(tap, v0, c20);
                    c21 = TSimd.MultiplyAdd(tap, v1, c21);
                    c22 = TSimd.MultiplyAdd(tap, v2, c22);
                    c23 = TSimd.MultiplyAdd(tap, v3, c23);
                    tap = TSimd.Load(q + b3);
                    c30 = TSimd.MultiplyAdd(tap, v0, c30);
                    c31 = TSimd.MultiplyAdd(tap, v1, c31);
                    c32 = TSimd.MultiplyAdd(tap, v2, c32);
                    c33 = TSimd.MultiplyAdd(tap, v3, c33);
                    tap = TSimd.Load(q + b4);
                    c40 = TSimd.MultiplyAdd(tap, v0, c40);
                    c41 = TSimd.MultiplyAdd(tap, v1, c41);
                    c42 = TSimd.MultiplyAdd(tap, v2, c42);
                    c43 = TSimd.MultiplyAdd(tap, v3, c43);
                    tap = TSimd.Load(q + b5);
                    c50 = TSimd.MultiplyAdd(tap, v0, c50);
                    c51 = TSimd.MultiplyAdd(tap, v1, c51);
                    c52 = TSimd.MultiplyAdd(tap, v2, c52);
                    c53 = TSimd.MultiplyAdd(tap, v3, c53);
                    q += TSimd.Count;
                }
                left += path.RowStrideOfA;
                right += path.RowStrideOfB;
            }
        }
        Sum4<TSimd, TVector>(c00, c01, c02, c03, sums);
        Sum4<TSimd, TVector>(c10, c11, c12, c13, sums + 4);
        Sum4<TSimd, TVector>(c20, c21, c22, c23, sums + 8);
        Sum4<TSimd, TVector>(c30, c31, c32, c33, sums + 12);
        Sum4<TSimd, TVector>(c40, c41, c42, c43, sums + 16);
        Sum4<TSimd, TVector>(c50, c51, c52, c53, sums + 20);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6x2<TSimd, TVector>(
        float* a, int* aOffsets, float* b, int* bOffsets, in DotProductPath path, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c10 = TSimd.Zero, c11 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c30 = TSimd.Zero, c31 = TSimd.Zero;
        TVector c40 = TSimd.Zero, c41 = TSimd.Zero, c50 = TSimd.Zero, c51 = TSimd.Zero;
        nint a1 = aOffsets[1] - aOffsets[0];
        nint b1 = bOffsets[1] - bOffsets[0], b2 = bOffsets[2] - bOffsets[0], b3 = bOffsets[3] - bOffsets[0];
        nint b4 = bOffsets[4] - bOffsets[0], b5 = bOffsets[5] - bOffsets[0];
        for (int plane = 0; plane < path.Planes; plane++)
        {
            float* left = a + aOffsets[0] + (plane * (nint)path.PlaneStrideOfA);
            float* right = b + bOffsets[0] + (plane * (nint)path.PlaneStrideOfB);
            for (int row = 0; row < path.Rows; row++)
            {
                float* end = left + path.Columns;
                float* q = right;
                for (float* p = left; p < end; p += TSimd.Count)
                {
                    TVector v0 = TSimd.Load(p);
                    TVector v1 = TSimd.Load(p + a1);
                    TVector tap = TSimd.Load(q);
                    c00 = TSimd.MultiplyAdd(tap, v0, c00);
                    c01 = TSimd.MultiplyAdd(tap, v1, c01);
                    tap = TSimd.Load(q + b1);
                    c10 = TSimd.MultiplyAdd(tap, v0, c10);
                    c11 = TSimd.MultiplyAdd(tap, v1, c11);
                    tap = TSimd.Load(q + b2);
                    c20 = TSimd.MultiplyAdd(tap, v0, c20);
                    c21 = TSimd.MultiplyAdd(tap, v1, c21);
                    tap = TSimd.Load(q + b3);
                    c30 = TSimd.MultiplyAdd(tap, v0, c30);
                    c31 = TSimd.MultiplyAdd(tap, v1, c31);
                    tap = TSimd.Load(q + b4);
                    c40 = TSimd.MultiplyAdd(tap, v0, c40);
                    c41 = TSimd.MultiplyAdd(tap, v1, c41);
                    tap = TSimd.Load(q + b5);
                    c50 = TSimd.MultiplyAdd(tap, v0, c50);
                    c51 = TSimd.MultiplyAdd(tap, v1, c51);
                    q += TSimd.Count;
                }
                left += path.RowStrideOfA;
                right += path.RowStrideOfB;
            }
        }
        Sum4<TSimd, TVector>(c00, c01, c10, c11, sums);
        Sum4<TSimd, TVector>(c20, c21, c30, c31, sums + 4);
        Sum4<TSimd, TVector>(c40, c41, c50, c51, sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum4<TSimd, TVector>(TVector v0, TVector v1, TVector v2, TVector v3, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        sums[0] = TSimd.Sum(v0);
        sums[1] = TSimd.Sum(v1);
        sums[2] = TSimd.Sum(v2);
        sums[3] = TSimd.Sum(v3);
    }
}

/// <summary>How the long axis of a <see cref="DotProductTile"/> lies in memory: columns in rows in planes.</summary>
/// <param name="Planes">The number of planes.</param>
/// <param name="Rows">Rows in a plane.</param>
/// <param name="Columns">Columns in a row, a multiple of the vector.</param>
/// <param name="PlaneStrideOfA">From a plane of A to the next.</param>
/// <param name="PlaneStrideOfB">From a plane of B to the next.</param>
/// <param name="RowStrideOfA">From a row of A to the next.</param>
/// <param name="RowStrideOfB">From a row of B to the next.</param>
internal readonly record struct DotProductPath(
    int Planes, int Rows, int Columns, int PlaneStrideOfA, int PlaneStrideOfB, int RowStrideOfA, int RowStrideOfB);
