namespace GalaxyNet.Train;

/// <summary>Plain gradient descent in a narrow valley, and the same with momentum.</summary>
internal static class MomentumPicture
{
    /// <summary>The learning rate of both.</summary>
    public const float Rate = 0.045f;

    /// <summary>The momentum.</summary>
    public const float Momentum = 0.7f;

    /// <summary>Draws it.</summary>
    public static Html Draw() => Canvas.Of(
        "Two paths from the same start in a narrow valley: plain descent zigzags across it and has not arrived after "
        + "30 steps; with momentum it has",
        DescentPanel.HeightOfAll(2),
        DescentPanel.Heading(),
        DescentPanel.Of(
            0, Html.Of($"plain descent, {Marks.Symbol("r")} = {Rate}"), Descent.WithMomentum(momentum: 0, Rate)),
        DescentPanel.Of(
            1,
            Html.Of($"with momentum {Marks.Symbol("β")} = {Momentum}, the same {Marks.Symbol("r")}"),
            Descent.WithMomentum(Momentum, Rate)));
}
