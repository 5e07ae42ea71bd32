using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>The table that <c>predict</c> writes: its form is decided here.</summary>
/// <remarks>
/// Where every image is named by a number it is a submission to the challenge, which needs all galaxies: the mean is
/// predicted for an image that is dark or bad. Else every image stands for itself: such an image has empty cells, and
/// the last column has what to beware of.
/// </remarks>
internal static class PredictionTable
{
    private const string NameColumn = "Image";
    private const string WarningColumn = "warning";
    private const string Unreadable = "unreadable";

    /// <summary>Writes a row for each image, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The images.</param>
    /// <param name="predictions">What is predicted for those that could be cut out: [cropped, 37].</param>
    /// <param name="means">The mean of each class in training.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, CroppedImages images, float[] predictions, float[] means)
    {
        var list = images.List;
        if (list.AreNumbered)
            new Labels(
                list.Ids,
                [.. images.Crops.SelectMany(crop => crop is { } row ? Row(predictions, row) : means)]).Write(path);
        else
            CsvTable.Write(
                path,
                [NameColumn, .. DecisionTree.ClassNames, WarningColumn],
                list.Images.Select((image, i) => (object[])
                [
                    image.Name, .. Cells(predictions, images.Crops[i]), WarningOf(images, i),
                ]));
    }

    private static float[] Row(float[] predictions, int row) =>
        predictions[(row * DecisionTree.ClassCount)..((row + 1) * DecisionTree.ClassCount)];

    private static IEnumerable<object> Cells(float[] predictions, int? crop) => crop is { } row
        ? Row(predictions, row).Select(fraction => fraction.ToString(Labels.Format, CultureInfo.InvariantCulture))
        : Enumerable.Repeat("", DecisionTree.ClassCount);

    private static string WarningOf(CroppedImages images, int image) =>
        images.Errors[image] is null ? images.Warnings[image].InWords() : Unreadable;
}
