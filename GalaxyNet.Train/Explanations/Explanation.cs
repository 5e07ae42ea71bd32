namespace GalaxyNet.Train;

/// <summary>The most probable answer to a question that comes up about an image.</summary>
/// <param name="Column">The answer, as an index among the 37 classes.</param>
/// <param name="Share">Its share of those asked, from 0 to 1.</param>
/// <param name="IsCutOff">True if the outputs contradict the tree, so that the share was cut off at 0 or 1.</param>
/// <param name="Deviation">The standard deviation of the share over views.</param>
/// <param name="Agreeing">How many views have the same answer as the most probable one.</param>
internal sealed record ExplainedAnswer(int Column, double Share, bool IsCutOff, double Deviation, int Agreeing);

/// <summary>What a network says of an image, how sure it is, and where it looked.</summary>
/// <param name="Galaxy">The image with its prediction.</param>
/// <param name="Answers">The answers to the questions that come up.</param>
/// <param name="Looks">For each answer that best describes the galaxy's looks, where it came from.</param>
internal sealed record Explanation(
    PredictedGalaxy Galaxy, IReadOnlyList<ExplainedAnswer> Answers, IReadOnlyList<HeatMap> Looks);
