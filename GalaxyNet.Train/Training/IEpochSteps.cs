namespace GalaxyNet.Train;

/// <summary>Takes the training steps of an epoch.</summary>
internal interface IEpochSteps : IDisposable
{
    /// <summary>True if a loss that is not finite shows in its own step; else it may show some steps later.</summary>
    bool ReadsEachLoss { get; }

    /// <summary>Loads the kernels of all steps.</summary>
    void LoadKernels();

    /// <summary>Takes steps, each when its number is asked for.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="done">How many steps of the epoch are done already.</param>
    /// <param name="cancellation">Stops between steps, after one has been given.</param>
    /// <returns>The number of images of each.</returns>
    /// <exception cref="NonFiniteException">A loss is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    IEnumerable<int> Take(int epoch, int done, CancellationToken cancellation);

    /// <summary>The results since the last call, as far as they are known: this waits for nothing.</summary>
    IReadOnlyList<StepResult> TakeKnownResults();

    /// <summary>The results of all steps since the last call. This waits for the device.</summary>
    /// <exception cref="NonFiniteException">A loss is NaN or infinite.</exception>
    IReadOnlyList<StepResult> TakeResults();

    /// <summary>Makes the network and the average of its weights complete here, to predict with.</summary>
    void CompleteWeights();

    /// <summary>Makes all complete here that training changes, to keep it.</summary>
    void CompleteState();
}
