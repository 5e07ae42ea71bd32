namespace GalaxyNet.Train;

/// <summary>Reads many pictures on all cores.</summary>
internal static class GalaxyPictures
{
    /// <summary>Decodes each picture and hands it over, in any order and several at a time.</summary>
    /// <param name="files">The pictures.</param>
    /// <param name="use">Gets a picture and its index in <paramref name="files"/>; on any core.</param>
    /// <param name="progress">Gets the number of pictures done; on any core.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    /// <exception cref="UserErrorException">Pictures cannot be read: the message names them, after all others were handed over.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void ForEach(
        IReadOnlyList<GalaxyFile> files,
        Action<int, Picture> use,
        Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var errors = new string?[files.Count];
        int done = 0;
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                use(i, PictureFile.Read(files[i].Path));
            }
            catch (UserErrorException exception)
            {
                errors[i] = exception.Message;
            }
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        var problems = new ProblemList();
        foreach (string error in errors.OfType<string>())
            problems.Add(error);
        problems.ThrowIfAny();
    }
}
