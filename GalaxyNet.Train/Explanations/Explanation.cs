namespace GalaxyNet.Train;

/// <summary>The most probable answer to a question that comes up about an image.</summary>
/// <param name="Column">The answer, as an index among the 37 classes.</param>
/// <param name="Share">Its share of those asked, from 0 to 1.</param>
/// <param name="IsCutOff">True if the outputs contradict the tree, so that the share was cut off at 0 or 1.</param>
/// <param name="Deviation">The standard deviation of the share over views and networks.</param>
/// <param name="Agreeing">How many of these predictions have the same answer as the most probable one.</param>
internal sealed record ExplainedAnswer(int Column, double Share, bool IsCutOff, double Deviation, int Agreeing);

/// <summary>Where networks looked in an image.</summary>
/// <param name="Run">The only run that was asked; null if all were.</param>
/// <param name="Picture">What they see of the image.</param>
/// <param name="Occlusion">How it was covered.</param>
/// <param name="Maps">For each answer that best describes the galaxy's looks, where it came from.</param>
internal sealed record Look(string? Run, Image Picture, Occlusion Occlusion, IReadOnlyList<HeatMap> Maps);

/// <summary>What networks say of an image, how sure they are, and where they looked.</summary>
/// <param name="Image">Which image.</param>
/// <param name="Predicted">Its 37 fractions.</param>
/// <param name="BlindRuns">The runs that see nothing in it, and have no part in this.</param>
/// <param name="Predictions">Over how many predictions the answers spread: its views, by each network.</param>
/// <param name="Answers">The answers to the questions that come up.</param>
/// <param name="Look">Where they come from.</param>
internal sealed record Explanation(
    int Image,
    float[] Predicted,
    IReadOnlyList<string> BlindRuns,
    int Predictions,
    IReadOnlyList<ExplainedAnswer> Answers,
    Look Look);
