namespace GalaxyNet.Kernels;

/// <summary>Four floats side by side: an array of them is read and written 128 bits at a time.</summary>
internal struct Float4(float x, float y, float z, float w)
{
    public float X = x;
    public float Y = y;
    public float Z = z;
    public float W = w;

    /// <summary>One of the four; where there is time for the choice.</summary>
    public readonly float At(int index) => index == 0 ? X : index == 1 ? Y : index == 2 ? Z : W;

    /// <summary>this + v.</summary>
    public readonly Float4 Plus(Float4 v) => new(X + v.X, Y + v.Y, Z + v.Z, W + v.W);

    /// <summary>scale v + this. The GPU's driver makes each product and sum one fused multiply-add.</summary>
    public readonly Float4 PlusProduct(float scale, Float4 v) =>
        new((scale * v.X) + X, (scale * v.Y) + Y, (scale * v.Z) + Z, (scale * v.W) + W);

    /// <summary>
    /// 1 where rows of <paramref name="length"/> floats all start on 16 bytes, so that they may be read and written 128
    /// bits at a time, else 0: a kernel's arguments cannot be bools. Every allocation starts on 16 bytes, but a tensor
    /// may start anywhere in one.
    /// </summary>
    internal static int Fits(ArrayView<float> data, int length) =>
        length % 4 == 0 && ((IContiguousArrayView)data).Index % 4 == 0 ? 1 : 0;
}
