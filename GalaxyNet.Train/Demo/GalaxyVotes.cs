namespace GalaxyNet.Train;

/// <summary>How volunteers would answer about a galaxy of the demo.</summary>
internal static class GalaxyVotes
{
    /// <summary>
    /// The 37 fractions, multiplied down the tree as in the challenge: more pronounced traits get more votes.
    /// </summary>
    public static float[] For(GalaxyTraits traits)
    {
        var votes = new float[DecisionTree.ClassCount];
        int next = 0;
        foreach (var question in DecisionTree.Questions)
        {
            float asked = question.AskedAfter is { } parent ? votes[DecisionTree.IndexOf(parent)] : 1;
            float[] weights = Weights(question.Number, traits);
            float sum = weights.Sum();
            foreach (float weight in weights)
                votes[next++] = asked * weight / sum;
        }
        return votes;
    }

    /// <summary>How likely each answer to a question is, up to a factor.</summary>
    private static float[] Weights(int question, GalaxyTraits traits) => question switch
    {
        1 => traits.IsStar ? [0.2f, 0.05f, 0.75f] : [1.05f - traits.Disk, 0.04f + traits.Disk, 0.03f],
        2 => traits.IsEdgeOn ? [0.92f, 0.08f] : [0.03f + (0.4f * Below(traits.AxisRatio, 0.4f, 0.06f)), 0.97f],
        3 => YesNo(traits.Bar),
        4 => YesNo(traits.Arms),
        5 => Nearest(traits.Bulge, 0.12f, [0, 0.3f, 0.6f, 1]),
        6 => YesNo(traits.OddStrength),
        7 => Roundness(traits.AxisRatio),
        8 => Oddities(traits),
        9 => EdgeOnBulge(traits),
        10 => Nearest(traits.Pitch, 5, [10, 21, 32]),
        _ => ArmCounts(traits),
    };

    private static float[] YesNo(float strength) => [0.05f + (0.9f * strength), 0.95f - (0.9f * strength)];

    private static float[] Roundness(float axisRatio)
    {
        float round = Below(0.8f, axisRatio, 0.05f);
        float cigar = Below(axisRatio, 0.42f, 0.05f);
        return [round, MathF.Max(1 - round - cigar, 0) + 0.02f, cigar];
    }

    private static float[] Oddities(GalaxyTraits traits)
    {
        var weights = Enumerable.Repeat(0.04f, 7).ToArray();
        weights[(int)Oddity.Other] += 0.1f;
        weights[(int)traits.Oddity] += traits.OddStrength;
        return weights;
    }

    private static float[] EdgeOnBulge(GalaxyTraits traits)
    {
        float visible = Below(0.25f, traits.Bulge, 0.06f);
        float boxy = traits.IsBoxy ? 0.7f : 0.08f;
        return [visible * (1 - boxy), visible * boxy, 1.05f - visible];
    }

    private static float[] ArmCounts(GalaxyTraits traits)
    {
        float[] weights = [0.05f, 0.05f, 0.05f, 0.05f, 0.05f, 0.15f + (1.2f * (1 - traits.Arms))];
        weights[traits.ArmCount - 1] += 1;
        return weights;
    }

    /// <summary>Near 1 for values well below a limit, near 0 well above: the logistic function.</summary>
    private static float Below(float value, float limit, float softness) =>
        1 / (1 + MathF.Exp((value - limit) / softness));

    /// <summary>A bell around the value, evaluated at the center of each answer.</summary>
    private static float[] Nearest(float value, float width, float[] centers) =>
        [.. centers.Select(center => 0.02f + MathF.Exp(-0.5f * MathF.Pow((value - center) / width, 2)))];
}
