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

    /// <summary>scale v + this. The GPU's driver makes each product and sum one fused multiply-add.</summary>
    public readonly Float4 PlusProduct(float scale, Float4 v) =>
        new((scale * v.X) + X, (scale * v.Y) + Y, (scale * v.Z) + Z, (scale * v.W) + W);
}
