namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="DropoutReference"/>.</summary>
internal static class DropoutMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of(
            "another-mask",
            "The mask is drawn anew, for the next step, where it should be the forward pass's.",
            (dropout, dy) => new DropoutReference(dropout.Probability, dropout.Seed, dropout.Step + 1).Backward(dy)),
        Of(
            "no-mask",
            "dy passes everywhere, also where x was dropped.",
            (dropout, dy) => Times(1 / (1 - dropout.Probability), dy)),
        Of(
            "not-scaled",
            "dx is m dy, without the factor 1 / (1 - probability).",
            (dropout, dy) => Times(1 - dropout.Probability, dropout.Backward(dy))),
        Of(
            "scaled-twice",
            "dx is divided by 1 - probability twice.",
            (dropout, dy) => Times(1 / (1 - dropout.Probability), dropout.Backward(dy))),
    ];

    /// <summary>A mistake in dx, which may have to go back through a ReLU too.</summary>
    private static Mistake Of(
        string name, string description, Func<DropoutReference, double[], double[]> change) => new(
        name,
        description,
        (reference, arguments, outputGradient) => reference is DropoutReluReference { Dropout: var dropout }
            ? [ReluReference.Backward(arguments[0].Flat(), change(dropout, outputGradient.Flat()))]
            : [change((DropoutReference)reference, outputGradient.Flat())]);

    private static double[] Times(double factor, double[] values) => Array.ConvertAll(values, value => factor * value);
}
