namespace GalaxyNet.Train;

/// <summary>Receives the progress of a long operation, on any thread.</summary>
/// <param name="done">How many pieces are done.</param>
/// <param name="total">How many there are.</param>
internal delegate void ProgressReport(int done, int total);

/// <summary>Runs many pieces of work on all cores.</summary>
internal static class AllCores
{
    /// <summary>Does each piece of work, in any order and several at once.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="work">Does the piece with an index.</param>
    /// <param name="progress">Gets the number of pieces done and of all; on any core.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <exception cref="UserErrorException">That of all pieces which ended in one. The others are done.</exception>
    public static void Run(
        int count, Action<int> work, ProgressReport? progress = null, CancellationToken cancellation = default)
    {
        var problems = new ProblemList();
        problems.AddAll(Try(count, work, progress, cancellation));
        problems.ThrowIfAny();
    }

    /// <summary>The same, on as many cores as there are or on fewer.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="work">Does the piece with an index.</param>
    /// <param name="progress">Gets the number of pieces done and of all; on any core.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <param name="threads">How many pieces to do at once at most; null to leave that open.</param>
    /// <returns>For each piece null, or the error it ended in.</returns>
    /// <exception cref="OutputException">Something cannot be written. Not all of the others are done.</exception>
    public static UserErrorException?[] Try(
        int count, Action<int> work, ProgressReport? progress, CancellationToken cancellation, int? threads = null)
    {
        var errors = new UserErrorException?[count];
        int done = 0;
        try
        {
            var options = new ParallelOptions
            {
                CancellationToken = cancellation,
                MaxDegreeOfParallelism = threads ?? -1,
            };
            Parallel.For(0, count, options, DoPiece);
        }
        catch (AggregateException several)
            when (several.Flatten().InnerExceptions.OfType<OutputException>().FirstOrDefault() is { } fault)
        {
            throw fault;
        }
        return errors;

        void DoPiece(int i)
        {
            try
            {
                work(i);
            }
            catch (UserErrorException exception)
            {
                errors[i] = exception;
            }
            progress?.Invoke(Interlocked.Increment(ref done), count);
        }
    }
}
