using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>What the notebook shows of the images.</summary>
/// <param name="galaxies">The images and their labels.</param>
/// <param name="folder">Where the files go.</param>
internal sealed class ImageReport(GalaxyFolder galaxies, string folder)
{
    private const int Averaged = 5000; // the notebook's
    private const int Size = 64;

    /// <summary>Leaves out bad images among those that are shown here; the galaxies' problems name them.</summary>
    /// <exception cref="UserErrorException">None would be left.</exception>
    public static GalaxyFolder FindReadable(
        GalaxyFolder galaxies, ProgressReport? progress, CancellationToken cancellation)
    {
        var readable = new HashSet<GalaxyFile>();
        while (true)
        {
            // If one is left out, another one is shown instead: until all of them are sound.
            GalaxyFile[] shown =
            [
                .. galaxies.Images.Take(Averaged)
                    .Union(TopGalaxies(galaxies).OfType<int>().Select(top => galaxies.Images[top]))
                    .Where(file => !readable.Contains(file)),
            ];
            int[] good = galaxies.Problems.AddAll(
                AllCores.Try(shown.Length, i => ImageFile.Read(shown[i].Path), progress, cancellation));
            readable.UnionWith(good.Select(i => shown[i]));
            if (good.Length == shown.Length)
                return galaxies;
            var bad = shown.Except(readable).ToHashSet();
            int[] left = [.. Enumerable.Range(0, galaxies.Images.Count).Where(i => !bad.Contains(galaxies.Images[i]))];
            if (left.Length == 0)
                galaxies.Problems.ThrowIfAny();
            galaxies = galaxies.Only(left);
        }
    }

    /// <summary>Writes the top image of each class: raw, and cut out in both ways.</summary>
    /// <exception cref="UserErrorException">An image is bad.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public void WriteTop()
    {
        int?[] top = TopGalaxies(galaxies);
        CsvTable.Write(
            Path.Combine(folder, "top-pictures.csv"),
            ["class", "description", "galaxy", "confidence"],
            top.Select((galaxy, index) => new object[]
            {
                DecisionTree.ClassNames[index],
                DecisionTree.AnswerNames[index],
                galaxy is { } known ? galaxies.Labels.Ids[known] : "",
                galaxy is { } voted ? Confidence(voted, index) : "",
            }));

        Image?[] images =
            [.. top.Select(galaxy => galaxy is { } known ? ImageFile.Read(galaxies.Images[known].Path) : null)];
        const string title = "The Highest Confidence Example for Each Answer";
        WriteGrid("top-pictures-raw", title, image => image);
        WriteGrid("top-pictures-gray", $"{title}: {Size}x{Size} Gray", image => GalaxyCrop.Tight.Crop(image, Size));
        WriteGrid("top-pictures-colour", $"{title}: {Size}x{Size} Color", image => GalaxyCrop.Wide.Crop(image, Size));

        void WriteGrid(string name, string heading, Func<Image, Image?> shown) => ImageFigure.WriteGrid(
            Path.Combine(folder, $"{name}.png"),
            heading,
            [
                .. images.Select((image, index) =>
                    new CaptionedImage(image is null ? null : shown(image), Caption(top[index], index))),
            ]);
    }

    /// <summary>Writes the average of the first images.</summary>
    /// <exception cref="UserErrorException">Images are bad.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public void WriteAverage(ProgressReport? progress, CancellationToken cancellation)
    {
        GalaxyFile[] first = [.. galaxies.Images.Take(Averaged)];
        var average = AverageImage.Of(first, progress, cancellation);
        ImageFigure.Write(
            Path.Combine(folder, "average-picture.png"), $"Average of the First {first.Length:N0} Images", average);
    }

    private static int?[] TopGalaxies(GalaxyFolder galaxies) =>
        [.. Enumerable.Range(0, DecisionTree.ClassCount).Select(galaxies.Labels.TopGalaxy)];

    private float Confidence(int galaxy, int index) => galaxies.Labels[galaxy][index];

    private string Caption(int? galaxy, int index)
    {
        string votes = galaxy is { } known
            ? string.Create(
                CultureInfo.InvariantCulture, $"{Confidence(known, index):0.00} in {galaxies.Labels.Ids[known]}")
            : "unknown";
        return $"{DecisionTree.ClassNames[index]}\n{DecisionTree.AnswerNames[index]}\n{votes}";
    }
}
