using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>What the notebook shows of the pictures.</summary>
/// <param name="galaxies">The pictures and their labels.</param>
/// <param name="folder">Where the files go.</param>
internal sealed class PictureReport(GalaxyFolder galaxies, string folder)
{
    private const int Averaged = 5000; // the notebook's
    private const int Size = 64;

    /// <summary>Writes the top picture of each class: raw, and cut out in both ways.</summary>
    /// <exception cref="UserErrorException">A picture is bad, or the folder cannot be written.</exception>
    public void WriteTop()
    {
        int[] top = [.. Enumerable.Range(0, DecisionTree.ClassCount).Select(galaxies.Labels.TopGalaxy)];
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

    private float Confidence(int galaxy, int index) => galaxies.Labels[galaxy][index];

    private string Caption(int galaxy, int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DecisionTree.ClassNames[index]}\n{DecisionTree.AnswerNames[index]}\n"
        + $"{Confidence(galaxy, index):0.00} in {galaxies.Labels.Ids[galaxy]}");
}
