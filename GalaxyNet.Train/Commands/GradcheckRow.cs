using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>What <c>gradcheck</c> shows of one argument of a case.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Case">Its shape, in words.</param>
/// <param name="Argument">The argument.</param>
/// <param name="Checked">How many of its elements were checked.</param>
/// <param name="RelativeError">Of the gradient of all these.</param>
/// <param name="Passed">True if that is under the tolerance.</param>
/// <param name="Elements">Those to show.</param>
internal sealed record GradcheckRow(
    string Operation,
    string Case,
    string Argument,
    int Checked,
    double RelativeError,
    bool Passed,
    IReadOnlyList<GradcheckElement> Elements)
{
    /// <summary>The row of a result, with the elements that are furthest off.</summary>
    public static GradcheckRow Of(GradientCheckResult result, double tolerance, int elements) => new(
        result.Case.Operation,
        result.Case.Description,
        result.Argument.Name,
        result.Elements.Length,
        result.RelativeError,
        result.RelativeError < tolerance,
        [
            .. result.FurthestApart(elements).Select(place => new GradcheckElement(
                result.NameOf(place), result.Analytic[place], result.Numeric[place], result.RelativeErrorOf(place))),
        ]);
}

/// <summary>An element of an argument.</summary>
/// <param name="Element">Its name, such as <c>w[0,2,1]</c>.</param>
/// <param name="Analytic">Its gradient from the backward pass.</param>
/// <param name="Numeric">Its gradient by differences.</param>
/// <param name="RelativeError">How far these are apart.</param>
internal sealed record GradcheckElement(string Element, float Analytic, float Numeric, double RelativeError);
