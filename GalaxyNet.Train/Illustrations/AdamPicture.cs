namespace GalaxyNet.Train;

/// <summary>Adam in a narrow valley, and what it does where all gradients are a hundredth.</summary>
internal static class AdamPicture
{
    /// <summary>Adam's learning rate.</summary>
    public const float Rate = 0.4f;

    /// <summary>What the gradients of the last two panels are multiplied by.</summary>
    public const float Scale = 0.01f;

    private const float Momentum = MomentumPicture.Momentum;

    /// <summary>Draws it.</summary>
    public static Html Draw() => Canvas.Of(
        "Three paths in a narrow valley: Adam's first steps are as long along the valley as across it; with a "
        + "hundredth of the gradients momentum hardly leaves the start, and Adam goes the same way as before",
        DescentPanel.HeightOfAll(3),
        DescentPanel.Heading(),
        DescentPanel.Of(0, Html.Of($"Adam, {Marks.Symbol("r")} = {Rate}"), Descent.WithAdam(Rate)),
        DescentPanel.Of(
            1,
            Html.Of($"gradients times {Scale}: momentum {Momentum}, {Marks.Symbol("r")} = {MomentumPicture.Rate}"),
            Descent.WithMomentum(Momentum, MomentumPicture.Rate, Scale)),
        DescentPanel.Of(
            2,
            Html.Of($"gradients times {Scale}: Adam, {Marks.Symbol("r")} = {Rate}"),
            Descent.WithAdam(Rate, Scale)));
}
