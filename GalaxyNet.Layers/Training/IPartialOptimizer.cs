namespace GalaxyNet.Layers;

/// <summary>
/// An optimizer that can update some of the parameters at a time, as soon as their gradients are there.
/// </summary>
internal interface IPartialOptimizer
{
    /// <summary>What it remembers of each parameter from step to step.</summary>
    IReadOnlyList<ParameterBlock> Moments { get; }

    /// <summary>Updates parameters that lie one behind the other in the network's block.</summary>
    /// <param name="start">Where they begin there.</param>
    /// <param name="gradients">Their gradients, as one row.</param>
    void Update(int start, Tensor gradients);

    /// <summary>Counts a step, once all parameters are updated.</summary>
    void CountStep();
}
