using StbImageSharp;

namespace GalaxyNet.Train;

/// <summary>Looks at the images of files while they are loaded, and keeps what it found beside their crops.</summary>
/// <param name="count">How many files.</param>
/// <param name="cache">What was found earlier, and gets the rest; of the form <see cref="Form"/>.</param>
internal sealed class ImageChecks(int count, CropCache cache)
{
    private readonly byte[] found = new byte[count];
    private readonly UInt128[] keys = new UInt128[count];
    private readonly bool[] isNew = new bool[count];

    /// <summary>The form of what is kept: a byte of <see cref="ImageWarnings"/>.</summary>
    public static IKeptForm Form { get; } = new CheckForm();

    /// <summary>What was found in a file.</summary>
    public ImageWarnings this[int file] => (ImageWarnings)found[file];

    /// <summary>Looks up what was found in a file earlier.</summary>
    /// <param name="file">The file's number.</param>
    /// <param name="key">Of its bytes: see <see cref="CropPack.KeyOf"/>.</param>
    /// <returns>False if nothing is kept.</returns>
    public bool TryRead(int file, UInt128 key)
    {
        keys[file] = key;
        return cache.TryRead(key, found.AsSpan(file, 1));
    }

    /// <summary>Looks at the image of a file.</summary>
    /// <param name="file">The file's number.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="image">What is decoded of it.</param>
    public void Look(int file, byte[] bytes, Image image)
    {
        found[file] = (byte)ImageCheck.Of(bytes, image);
        isNew[file] = true;
    }

    /// <summary>Keeps what is new.</summary>
    public void Keep() => cache.Keep(
    [
        .. from file in Enumerable.Range(0, count)
           where isNew[file]
           select new KeyedCrop(keys[file], found.AsMemory(file, 1)),
    ]);

    private sealed class CheckForm : IKeptForm
    {
        // To be raised whenever a change finds something else in the same file.
        private const int Version = 2;

        public int Length => 1;

        public string Name => "checks";

        public string Identity =>
            $"GalaxyNet image checks {Version}, decoder {typeof(StbImage).Module.ModuleVersionId}";
    }
}
