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
    /// <param name="predictions">The 37 fractions of each image; null where no network sees anything.</param>
    /// <param name="means">The mean of each class in training.</param>
    /// <param name="hasNames">True for <see cref="GalaxyZoo2Names"/> in place of the challenge's names.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(
        string path, CroppedImages images, IReadOnlyList<float[]?> predictions, float[] means, bool hasNames)
    {
        var names = hasNames ? GalaxyZoo2Names.All : DecisionTree.ClassNames;
        var list = images.List;
        if (list.AreNumbered)
            new Labels(
                list.Ids,
                [.. predictions.SelectMany(prediction => prediction ?? means)]).Write(path, names);
        else
            CsvTable.Write(
                path,
                [NameColumn, .. names, WarningColumn],
                list.Images.Select((image, i) => (object[])
                [
                    image.Name, .. Cells(predictions[i]), WarningOf(images, i),
                ]));
    }

    private static IEnumerable<object> Cells(float[]? prediction) => prediction is not null
        ? prediction.Select(fraction => fraction.ToString(Labels.Format, CultureInfo.InvariantCulture))
        : Enumerable.Repeat("", DecisionTree.ClassCount);

    private static string WarningOf(CroppedImages images, int image) =>
        images.Errors[image] is null ? images.Warnings[image].InWords() : Unreadable;
}
