using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>What the notebook shows of the pictures.</summary>
/// <param name="galaxies">The pictures and their labels.</param>
/// <param name="folder">Where the files go.</param>
internal sealed class PictureReport(GalaxyFolder galaxies, string folder)
{
    private const int Averaged = 5000; // the notebook's
    private const int Size = 64;

    /// <summary>Leaves out the galaxies whose pictures would be shown here, were they not bad.</summary>
    /// <param name="galaxies">All of them.</param>
    /// <param name="problems">Gets the bad pictures.</param>
    /// <param name="progress">Gets the number of pictures read and of all to read; on any core.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    /// <exception cref="UserErrorException">None would be left.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static GalaxyFolder FindReadable(
        GalaxyFolder galaxies, ProblemList problems, ProgressReport? progress, CancellationToken cancellation)
    {
        var readable = new HashSet<GalaxyFile>();
        while (true)
        {
            // Where one is left out, another takes its place: until all of them are sound.
            GalaxyFile[] shown =
            [
                .. galaxies.Pictures.Take(Averaged).Union(TopGalaxies(galaxies).Select(top => galaxies.Pictures[top]))
                    .Where(file => !readable.Contains(file)),
            ];
            int[] good = problems.AddAll(
                AllCores.Try(shown.Length, i => PictureFile.Read(shown[i].Path), progress, cancellation));
            readable.UnionWith(good.Select(i => shown[i]));
            if (good.Length == shown.Length)
                return galaxies;
            var bad = shown.Except(readable).ToHashSet();
            int[] left = [.. Enumerable.Range(0, galaxies.Pictures.Count).Where(i => !bad.Contains(galaxies.Pictures[i]))];
            if (left.Length == 0)
                problems.ThrowIfAny();
            galaxies = galaxies.Only(left);
        }
    }

    /// <summary>Writes the top picture of each class: raw, and cut out in both ways.</summary>
    /// <exception cref="UserErrorException">A picture is bad, or the folder cannot be written.</exception>
    public void WriteTop()
    {
        int[] top = TopGalaxies(galaxies);
        CsvTable.Write(
            Path.Combine(folder, "top-pictures.csv"),
            ["class", "description", "galaxy", "confidence"],
            top.Select((galaxy, index) => new object[]
            {
                DecisionTree.ClassNames[index], DecisionTree.AnswerNames[index], galaxies.Labels.Ids[galaxy], Confidence(galaxy, index),
            }));

        Picture[] pictures = [.. top.Select(galaxy => PictureFile.Read(galaxies.Pictures[galaxy].Path))];
        const string title = "The Highest Confidence Example for Each Answer";
        WriteGrid("top-pictures-raw", title, picture => picture);
        WriteGrid("top-pictures-gray", $"{title}: {Size}x{Size} Gray", picture => GalaxyCrop.Tight.Crop(picture, Size));
        WriteGrid("top-pictures-colour", $"{title}: {Size}x{Size} Colour", picture => GalaxyCrop.Wide.Crop(picture, Size));

        void WriteGrid(string name, string heading, Func<Picture, Picture?> shown) => PictureFigure.WriteGrid(
            Path.Combine(folder, $"{name}.png"),
            heading,
            [.. pictures.Select((picture, index) => new CaptionedPicture(shown(picture), Caption(top[index], index)))]);
    }

    /// <summary>Writes the average of the first pictures.</summary>
    /// <param name="progress">Gets the number of pictures done and of all; on any core.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    /// <exception cref="UserErrorException">Pictures are bad, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void WriteAverage(ProgressReport? progress, CancellationToken cancellation)
    {
        GalaxyFile[] first = [.. galaxies.Pictures.Take(Averaged)];
        var average = AveragePicture.Of(first, progress, cancellation);
        PictureFigure.Write(
            Path.Combine(folder, "average-picture.png"), $"Average of the First {first.Length:N0} Pictures", average);
    }

    private static int[] TopGalaxies(GalaxyFolder galaxies) =>
        [.. Enumerable.Range(0, DecisionTree.ClassCount).Select(galaxies.Labels.TopGalaxy)];

    private float Confidence(int galaxy, int index) => galaxies.Labels[galaxy][index];

    private string Caption(int galaxy, int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DecisionTree.ClassNames[index]}\n{DecisionTree.AnswerNames[index]}\n"
        + $"{Confidence(galaxy, index):0.00} in {galaxies.Labels.Ids[galaxy]}");
}
