namespace GalaxyNet.Train;

/// <summary>What turns a network's last sums into its answers.</summary>
internal enum OutputActivation
{
    /// <summary>What the notebook has: a sigmoid in attempt 4, nothing in the others.</summary>
    Notebook,

    /// <summary>A softmax for each question, multiplied down the <see cref="DecisionTree"/>: the answers add up as the votes do.</summary>
    Tree,
}
