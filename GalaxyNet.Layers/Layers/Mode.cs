namespace GalaxyNet.Layers;

/// <summary>What a forward pass is for: dropout and batch normalisation behave differently in the two.</summary>
public enum Mode
{
    /// <summary>Dropout drops, batch normalisation uses the batch's statistics and updates the running ones.</summary>
    Training,

    /// <summary>Dropout does nothing, batch normalisation uses the running statistics; nothing is changed.</summary>
    Evaluation,
}
