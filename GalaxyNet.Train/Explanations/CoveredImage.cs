namespace GalaxyNet.Train;

/// <summary>What networks predict of an image while its places are covered, one after the other.</summary>
/// <param name="sight">How they see it.</param>
/// <param name="image">Which image.</param>
internal sealed class CoveredImage(Sight sight, int image)
{
    private const int Classes = DecisionTree.ClassCount;

    private readonly Occlusion occlusion = new(sight.Input[0], sight.Input[1]);
    private double[] sums = [];
    private int networks;

    /// <summary>The images to predict: as it is, then with each place covered.</summary>
    public ImageBlock Images => new(occlusion.Cover(sight.Middle(image)), sight.Input);

    /// <summary>Adds what a network predicts of <see cref="Images"/>.</summary>
    /// <param name="outputs">[1 + places, 37].</param>
    public void Add(float[] outputs)
    {
        if (networks++ == 0)
            sums = new double[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
            sums[i] += outputs[i];
    }

    /// <summary>Where answers come from, in the mean of all networks.</summary>
    /// <param name="columns">The answers, as indices among the 37 classes.</param>
    /// <param name="run">The only run that was asked; null if all were.</param>
    public Look LookFor(IReadOnlyList<int> columns, string? run)
    {
        float[] means = [.. sums.Select(sum => (float)(sum / networks))];
        var picture = Image.FromPlanar(sight.Input[2], sight.Input[1], sight.Input[0], sight.Middle(image));
        return new Look(run, picture, occlusion, [.. columns.Select(column => MapOf(column, means))]);
    }

    private static HeatMap MapOf(int column, float[] outputs)
    {
        double uncovered = ShareIn(0);
        return new HeatMap(
            column, [.. Enumerable.Range(1, (outputs.Length / Classes) - 1).Select(i => ShareIn(i) - uncovered)]);

        double ShareIn(int i) => AnswerShares.Of(outputs.AsSpan(i * Classes, Classes), column);
    }
}
