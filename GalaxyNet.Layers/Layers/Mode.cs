namespace GalaxyNet.Layers;

/// <summary>What a forward pass is for: dropout and batch normalization behave differently in the two.</summary>
public enum Mode
{
    /// <summary>Dropout drops, batch normalization uses the batch's statistics and updates the running ones.</summary>
    Training,

    /// <summary>Dropout does nothing, batch normalization uses the running statistics; nothing is changed.</summary>
    Evaluation,
}
