namespace GalaxyNet.Kernels;

/// <summary>Channels, rows and columns of an image.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    public int Area => Height * Width;

    public int Count => Channels * Area;
}
