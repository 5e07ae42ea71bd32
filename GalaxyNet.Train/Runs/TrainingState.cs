namespace GalaxyNet.Train;

/// <summary>What training changes.</summary>
/// <param name="Network">The network.</param>
/// <param name="Optimizer">Its optimizer.</param>
/// <param name="Average">The average of its weights, if there is one.</param>
/// <param name="HasValidation">True if there are images to choose the best epoch by.</param>
internal sealed record TrainingState(
    Sequential Network, Optimizer Optimizer, WeightAverage? Average, bool HasValidation)
{
    /// <summary>All that is needed to continue, for a file.</summary>
    public IReadOnlyList<StateEntry> Entries =>
        [.. Network.Weights, Network.Steps, .. Optimizer.State, .. Average?.State ?? []];

    /// <summary>Writes the weights to predict with: the averages, if there are any.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveWeights(string path)
    {
        using var averages = Average?.Use();
        Network.Save(path);
    }
}

/// <summary>Which weights of a run to use.</summary>
internal enum CheckpointKind
{
    /// <summary>Those of the last finished epoch.</summary>
    Last,

    /// <summary>Those of the epoch with the smallest error on the galaxies of validation.</summary>
    Best,
}
