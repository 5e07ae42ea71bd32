using StbImageSharp;

namespace ImageClassifier;

/// <summary>An image of a class, scaled to the size that the network takes.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Class">The number of its class.</param>
/// <param name="Pixels">Numbers from -0.5 to 0.5, [3, side, side].</param>
internal sealed record ClassImage(string Path, int Class, float[] Pixels);

/// <summary>A folder that has a folder of PNG or JPEG images for each class.</summary>
/// <param name="Classes">Their names, by number.</param>
/// <param name="Images">The images of all classes.</param>
internal sealed record ImageFolder(IReadOnlyList<string> Classes, IReadOnlyList<ClassImage> Images)
{
    /// <summary>The least images of a class: one to train on, one to hold out.</summary>
    private const int Fewest = 2;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    /// <summary>Reads all images.</summary>
    /// <exception cref="InvalidDataException">
    /// The folder is missing, has not two classes, or one has too few images or a bad one; the message says what to do.
    /// </exception>
    public static ImageFolder Load(string folder, int side)
    {
        if (!Directory.Exists(folder))
            throw new InvalidDataException(
                $"{folder}: is no folder: name one that has a folder of images for each class");
        string[] folders = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        if (folders.Length < 2)
            throw new InvalidDataException(
                $"{folder}: has {folders.Length} folders: put the images of each class into a folder of its own");
        var images = folders.SelectMany((path, number) =>
            FilesOf(path).Select(file => new ClassImage(file, number, ReadPixels(file, side))));
        return new ImageFolder([.. folders.Select(path => Path.GetFileName(path))], [.. images]);
    }

    /// <summary>Reads one image, scaled: [3, side, side].</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static float[] ReadPixels(string file, int side)
    {
        try
        {
            return Scale(ImageResult.FromMemory(File.ReadAllBytes(file), ColorComponents.RedGreenBlue), side);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException) // the decoder has many kinds
        {
            throw new InvalidDataException(
                $"{file}: cannot be read as an image ({exception.Message.TrimEnd('.')}): replace or delete it");
        }
    }

    /// <summary>Takes a fifth of the images of each class for a test; the network never trains on these.</summary>
    public (ClassImage[] Training, ClassImage[] Test) Split(Random random)
    {
        List<ClassImage> training = [], test = [];
        foreach (var sameClass in Images.GroupBy(image => image.Class))
        {
            ClassImage[] shuffled = [.. sameClass];
            random.Shuffle(shuffled);
            int held = Math.Max(1, shuffled.Length / 5);
            test.AddRange(shuffled[..held]);
            training.AddRange(shuffled[held..]);
        }
        return ([.. training], [.. test]);
    }

    private static string[] FilesOf(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder).Where(IsImage).Order(StringComparer.Ordinal)];
        if (files.Length < Fewest)
            throw new InvalidDataException(
                $"{folder}: has {files.Length} PNG or JPEG images: a class needs {Fewest}, and better many");
        return files;
    }

    private static bool IsImage(string file) =>
        Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Each pixel becomes the mean of the part of the image that it stands for.</summary>
    private static float[] Scale(ImageResult image, int side)
    {
        var pixels = new float[3 * side * side];
        for (int i = 0; i < pixels.Length; i++)
        {
            var (channel, row, column) = (i / (side * side), i / side % side, i % side);
            var (top, left) = (row * image.Height / side, column * image.Width / side);
            int bottom = Math.Max(top + 1, (row + 1) * image.Height / side);
            int right = Math.Max(left + 1, (column + 1) * image.Width / side);
            int sum = 0;
            for (int y = top; y < bottom; y++)
            {
                for (int x = left; x < right; x++)
                    sum += image.Data[(((y * image.Width) + x) * 3) + channel];
            }
            pixels[i] = (sum / (255f * (bottom - top) * (right - left))) - 0.5f;
        }
        return pixels;
    }
}
