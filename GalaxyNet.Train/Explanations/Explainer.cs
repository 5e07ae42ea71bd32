namespace GalaxyNet.Train;

/// <summary>Predicts images from their pixels.</summary>
/// <param name="pixels">[images, channels, size, size].</param>
/// <param name="images">How many there are.</param>
/// <param name="view">How each is turned and mirrored before it is predicted.</param>
/// <returns>[images, 37].</returns>
internal delegate float[] PixelPredictor(ReadOnlyMemory<byte> pixels, int images, Pose view);

/// <summary>Finds out how sure a network is of its answers, and which places of an image they come from.</summary>
/// <param name="predict">The network.</param>
/// <param name="galaxies">The images.</param>
internal sealed class Explainer(PixelPredictor predict, GalaxyDataset galaxies)
{
    /// <summary>The views over which answers are said to spread.</summary>
    public const int ViewCount = 16;

    private const int Classes = DecisionTree.ClassCount;

    /// <summary>How images are covered.</summary>
    public Occlusion Occlusion { get; } = new(galaxies.Crop.Channels, galaxies.Size);

    /// <summary>How many images have been predicted so far, turned and covered ones included.</summary>
    public int Predicted { get; private set; }

    /// <summary>Explains the first images.</summary>
    /// <param name="count">How many.</param>
    /// <param name="predictions">What is predicted for them: at least [count, 37].</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IReadOnlyList<Explanation> Explain(
        int count, float[] predictions, ProgressReport? progress, CancellationToken cancellation)
    {
        var pixels = galaxies.Pixels[..(count * galaxies.Images.Shape.Count)];
        var spread = new Spread(
        [
            .. Views.Of(ViewCount).Select(view =>
            {
                cancellation.ThrowIfCancellationRequested();
                return Predict(pixels, count, view);
            }),
        ]);
        var explanations = new List<Explanation>();
        for (int image = 0; image < count; image++)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] outputs = predictions[(image * Classes)..((image + 1) * Classes)];
            explanations.Add(new Explanation(
                new PredictedGalaxy(image, galaxies.Ids[image], outputs, Voted: []),
                [.. AnswerShares.MostProbable(outputs).Select(column => Answer(image, column, outputs, spread))],
                Look(image, MainAnswers.ColumnsOf(outputs))));
            progress?.Invoke(image + 1, count);
        }
        return explanations;
    }

    private static ExplainedAnswer Answer(int image, int column, float[] outputs, Spread spread) => new(
        column,
        AnswerShares.Of(outputs, column),
        AnswerShares.IsCutOff(outputs, column),
        spread.Deviation(image, column),
        spread.Agreeing(image, column));

    /// <summary>Covers the places of an image, and looks how the answers' shares change.</summary>
    private List<HeatMap> Look(int image, IReadOnlyList<int> columns)
    {
        int places = Occlusion.Places * Occlusion.Places;
        float[] outputs = Predict(Occlusion.Cover(galaxies.Image(image)), places + 1, view: default);
        return
        [
            .. columns.Select(column => new HeatMap(
                column,
                [.. Enumerable.Range(1, places).Select(place => ShareAt(place, column) - ShareAt(0, column))])),
        ];

        double ShareAt(int place, int column) =>
            AnswerShares.Of(outputs.AsSpan(place * Classes, Classes), column);
    }

    private float[] Predict(ReadOnlyMemory<byte> pixels, int images, Pose view)
    {
        Predicted += images;
        return predict(pixels, images, view);
    }
}
