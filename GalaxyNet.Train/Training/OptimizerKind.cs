namespace GalaxyNet.Train;

/// <summary>What moves the weights.</summary>
internal enum OptimizerKind
{
    /// <summary>What the notebook trained with.</summary>
    Adam,

    /// <summary>Gradient descent with momentum, which the notebook tried first.</summary>
    Sgd,
}
