namespace GalaxyNet.Layers;

/// <summary>How the learning rate changes after the warm-up.</summary>
public enum LearningRateDecay
{
    /// <summary>It stays the same.</summary>
    Constant,

    /// <summary>It falls to zero along half a period of the cosine.</summary>
    Cosine,
}

/// <summary>The learning rate of each step of a run.</summary>
/// <remarks>
/// With the peak r, W steps of warm-up (Goyal et al., arXiv:1706.02677) and S steps in all, step k from 0 has the rate
///
/// r (k + 1) / W                            in the warm-up, k below W
/// r                                        after it, if constant
/// r (1 + cos(pi (k - W) / (S - W))) / 2    after it, if cosine (Loshchilov and Hutter, arXiv:1608.03983)
/// </remarks>
/// <param name="Peak">The highest rate.</param>
/// <param name="Decay">How it changes after the warm-up.</param>
/// <param name="WarmUpSteps">The steps in which it climbs to the peak.</param>
/// <param name="Steps">The steps of the whole run; the cosine stays at zero beyond them.</param>
public sealed record LearningRateSchedule(float Peak, LearningRateDecay Decay, long WarmUpSteps, long Steps)
{
    /// <summary>The rate of a step, counted from 0.</summary>
    public float At(long step)
    {
        if (step < WarmUpSteps)
            return Peak * (step + 1) / WarmUpSteps;
        if (Decay == LearningRateDecay.Constant)
            return Peak;
        double share = step < Steps ? (double)(step - WarmUpSteps) / (Steps - WarmUpSteps) : 1.0;
        return (float)(Peak * (1.0 + Math.Cos(Math.PI * share)) / 2.0);
    }
}
