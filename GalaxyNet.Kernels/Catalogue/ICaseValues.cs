namespace GalaxyNet.Kernels;

/// <summary>
/// What somebody else has for an operation, by its names in the maths: a worked example, or another program's numbers.
/// </summary>
internal interface ICaseValues
{
    /// <summary>The shape of an argument, such as <c>x</c>.</summary>
    Shape ShapeOf(string name);

    /// <summary>A single number, such as <c>stride</c>.</summary>
    double Setting(string name);

    /// <summary>The numbers of an argument or of the output's gradient, which has to have this shape.</summary>
    double[] Numbers(string name, Shape shape);
}
