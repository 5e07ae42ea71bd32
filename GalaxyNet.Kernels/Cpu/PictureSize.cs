namespace GalaxyNet.Kernels;

/// <summary>Channels, rows and columns of a picture.</summary>
internal readonly record struct PictureSize(int Channels, int Height, int Width)
{
    public int Area => Height * Width;

    public int Count => Channels * Area;
}
