namespace GalaxyNet.Train;

/// <summary>Predicts images from their pixels.</summary>
/// <param name="images">The images.</param>
/// <param name="chosen">Which of them.</param>
/// <param name="view">How each is turned and mirrored before it is predicted.</param>
/// <returns>[chosen, 37].</returns>
internal delegate float[] PixelPredictor(ImageBlock images, int[] chosen, Pose view);

/// <summary>
/// Finds out how sure networks are of their answers, and which places of an image they come from. Each network is asked
/// in turn, about all images: so no two need be there at a time.
/// </summary>
internal sealed class Explainer
{
    /// <summary>The views over which the answers of a network are said to spread.</summary>
    public const int ViewCount = 16;

    private const int Classes = DecisionTree.ClassCount;

    private readonly IReadOnlyList<Sight> sights;
    private readonly Subject[] subjects;

    /// <summary>Chooses the first images of which there is a prediction.</summary>
    /// <param name="sights">What each network sees of the images.</param>
    /// <param name="predictions">The 37 fractions of each image; null where no network sees anything.</param>
    /// <param name="most">How many images to explain, at most.</param>
    public Explainer(IReadOnlyList<Sight> sights, IReadOnlyList<float[]?> predictions, int most)
    {
        this.sights = sights;
        HaveSameSight = sights.All(sight => sight.IsSameAs(sights[0]));
        subjects =
        [
            .. Choose(predictions, most)
                .Select(image => new Subject(image, predictions[image]!, sights.First(sight => sight.Sees(image)))),
        ];
    }

    /// <summary>The first images of which there is a prediction.</summary>
    public static IEnumerable<int> Choose(IReadOnlyList<float[]?> predictions, int most) =>
        Enumerable.Range(0, predictions.Count).Where(image => predictions[image] is not null).Take(most);

    /// <summary>
    /// True if all networks see the same of an image: only then can it be covered for all of them, and else for the
    /// first that sees something in it.
    /// </summary>
    public bool HaveSameSight { get; }

    /// <summary>How many images have been predicted so far, turned and covered ones included.</summary>
    public int Predicted { get; private set; }

    /// <summary>Asks a network about all images in which it sees something.</summary>
    /// <param name="sight">What it sees of them: one of those given at first.</param>
    /// <param name="predict">The network.</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public void Ask(Sight sight, PixelPredictor predict, ProgressReport? progress, CancellationToken cancellation)
    {
        Subject[] seen = [.. subjects.Where(subject => sight.Sees(subject.Image))];
        if (seen.Length == 0)
            return;
        AskForViews(seen, sight, predict, cancellation);
        for (int i = 0; i < seen.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (HaveSameSight || seen[i].FirstSight == sight)
                AskAboutPlaces(seen[i].Covered, predict);
            progress?.Invoke(i + 1, seen.Length);
        }
    }

    /// <summary>What there is to say of the images, once all networks are asked.</summary>
    public IReadOnlyList<Explanation> Explain() => [.. subjects.Select(Explain)];

    private static ExplainedAnswer Answer(int column, float[] outputs, Spread spread) => new(
        column,
        AnswerShares.Of(outputs, column),
        AnswerShares.IsCutOff(outputs, column),
        spread.Deviation(column),
        spread.Agreeing(column));

    private void AskForViews(Subject[] seen, Sight sight, PixelPredictor predict, CancellationToken cancellation)
    {
        int[] chosen = [.. seen.Select(subject => sight.Given.Places[subject.Image]!.Value)];
        foreach (var view in Views.Of(ViewCount))
        {
            cancellation.ThrowIfCancellationRequested();
            float[][] outputs = [.. predict(sight.Given.Images, chosen, view).Chunk(Classes)];
            for (int i = 0; i < seen.Length; i++)
                seen[i].Views.Add(outputs[i]);
            Predicted += seen.Length;
        }
    }

    private void AskAboutPlaces(CoveredImage covered, PixelPredictor predict)
    {
        var images = covered.Images;
        covered.Add(predict(images, [.. Enumerable.Range(0, images.Count)], Pose.AsIs));
        Predicted += images.Count;
    }

    private Explanation Explain(Subject subject)
    {
        float[] outputs = subject.Prediction;
        var spread = new Spread(subject.Views);
        return new Explanation(
            subject.Image,
            outputs,
            [.. sights.Where(sight => !sight.Sees(subject.Image)).Select(sight => sight.Run)],
            subject.Views.Count,
            [.. AnswerShares.MostProbable(outputs).Select(column => Answer(column, outputs, spread))],
            subject.Covered.LookFor(
                MainAnswers.ColumnsOf(outputs), HaveSameSight ? null : subject.FirstSight.Run));
    }

    /// <summary>An image, and what the networks that were asked say of it.</summary>
    private sealed record Subject(int Image, float[] Prediction, Sight FirstSight)
    {
        public List<float[]> Views { get; } = [];

        public CoveredImage Covered { get; } = new(FirstSight, Image);
    }
}
