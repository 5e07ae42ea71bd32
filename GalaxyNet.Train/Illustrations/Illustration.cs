namespace GalaxyNet.Train;

/// <summary>A picture of the study guide.</summary>
/// <param name="FileName">Its file's name in <c>docs/images</c>.</param>
/// <param name="Draw">Draws it, as SVG.</param>
internal sealed record Illustration(string FileName, Func<Html> Draw)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Illustration> All { get; } =
    [
        new("network-by-hand.svg", NetworkByHandPicture.Draw),
        new("hidden-unit-by-hand.svg", HiddenUnitPicture.Draw),
        new("sigmoid.svg", SigmoidPicture.Draw),
        new("convolution.svg", ConvolutionPicture.Draw),
        new("convolution-transpose.svg", ConvolutionTransposePicture.Draw),
        new("max-pooling.svg", MaxPoolingPicture.Draw),
        new("batch-normalization.svg", BatchNormalizationPicture.Draw),
        new("vote-tree.svg", VoteTreePicture.Draw),
        new("momentum.svg", MomentumPicture.Draw),
        new("adam.svg", AdamPicture.Draw),
        new("attempt-4.svg", AttemptFourPicture.Draw),
        .. TrainingPictures.All,
    ];

    /// <summary>Writes it into a folder.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public string Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        Draw().Write(path);
        return path;
    }
}
