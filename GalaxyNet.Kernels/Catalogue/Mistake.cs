namespace GalaxyNet.Kernels;

/// <summary>A mistake that people make in an operation's backward pass.</summary>
/// <param name="Name">A short name, such as <c>no-batch-sum</c>.</param>
/// <param name="Description">What is done in place of what is right, as one sentence.</param>
/// <param name="Backward">The reference's backward pass with this one change.</param>
internal sealed record Mistake(string Name, string Description, BackwardPass Backward)
{
    /// <summary>The same mistake in an operation that does several things in one.</summary>
    /// <param name="part">The part that it is made in, such as <c>the convolution</c>.</param>
    /// <param name="backward">The backward pass of them all.</param>
    public Mistake Within(string part, BackwardPass backward) => new(Name, $"In {part}: {Description}", backward);

    /// <summary>A reference with this backward pass.</summary>
    /// <param name="reference">The reference without the mistake.</param>
    public IReference MadeIn(IReference reference) => new MistakenReference(reference, Backward);

    private sealed class MistakenReference(IReference reference, BackwardPass backward) : IReference
    {
        Array? IReference.Forward(Array[] arguments) => reference.Forward(arguments);

        Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
            backward(reference, arguments, outputGradient);
    }
}

/// <summary>A backward pass under the catalogue's uniform signature, as <see cref="IReference.Backward"/>.</summary>
/// <param name="reference">The operation's reference, which has its settings.</param>
/// <param name="arguments">The arguments, in the order of the case.</param>
/// <param name="outputGradient">The gradient with respect to the output.</param>
/// <returns>The gradient with respect to each argument; null where the operation has none.</returns>
internal delegate Array?[] BackwardPass(IReference reference, Array[] arguments, Array outputGradient);
