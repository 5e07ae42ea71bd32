namespace GalaxyNet.Train;

/// <summary>Is told how a run goes, and changes nothing of it.</summary>
internal interface ITrainingObserver
{
    /// <summary>Is told of steps as soon as their losses are known, which on a GPU is some steps later.</summary>
    /// <param name="first">The number of the first of them, counted from 1 over all epochs.</param>
    /// <param name="results">One for each.</param>
    void AfterSteps(int first, IReadOnlyList<StepResult> results);

    /// <summary>Is told of an epoch once its network has been scored.</summary>
    /// <param name="step">The number of its last step.</param>
    /// <param name="result">How it went.</param>
    /// <param name="network">Has the weights after that step, and the gradients of it.</param>
    /// <param name="predictions">For the <see cref="TrainingData.Scored"/> images: [images, 37].</param>
    void AfterEpoch(int step, EpochResult result, Sequential network, float[] predictions);
}
