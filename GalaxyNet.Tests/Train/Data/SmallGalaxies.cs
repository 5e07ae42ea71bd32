using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Galaxies that are quickly written: disks, in the challenge's layout.</summary>
internal static class SmallGalaxies
{
    private const int Size = 60;

    /// <summary>The image of a galaxy in a folder.</summary>
    public static string ImagePath(string folder, int id) => Path.Combine(GalaxyFolder.ImagesPath(folder), $"{id}.png");

    /// <summary>Writes galaxies of which no two look alike.</summary>
    public static void Write(string folder, int[] ids)
    {
        foreach (int id in ids)
            WriteDisk(ImagePath(folder, id), radius: 12 + (id % 10));
        float[] fractions = [.. Enumerable.Range(0, ids.Length * DecisionTree.ClassCount).Select(i => i % 11 / 20f)];
        new Labels([.. ids.Select(id => (long)id)], fractions).Write(GalaxyFolder.LabelsPath(folder));
    }

    /// <summary>Writes what only some crops take for a galaxy.</summary>
    public static void WriteFaint(string path)
    {
        var image = new Image(Size, Size, 3);
        for (int row = Size / 4; row < Size * 3 / 4; row++)
            image.Row(row)[(Size * 3 / 4)..(Size * 9 / 4)].Fill(18);
        ImageFile.WritePng(path, image);
    }

    /// <summary>Writes a disk, whose middle is as bright as the number in its name says.</summary>
    public static void WriteDisk(string path, int radius)
    {
        var image = new Image(Size, Size, 3);
        for (int i = 0; i < Size * Size; i++)
        {
            double distance = double.Hypot((i % Size) - (Size / 2), (i / Size) - (Size / 2));
            if (distance < radius)
                image.Pixels.AsSpan(3 * i, 3).Fill((byte)(250 - (8 * distance)));
        }
        int number = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
        image.Pixels[3 * ((Size / 2 * Size) + (Size / 2))] = (byte)(100 + number);
        ImageFile.WritePng(path, image);
    }
}
