using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>Predicts images that processes hold: each predicts its own, and all get the predictions of all.</summary>
internal static class SharedPrediction
{
    private const byte Interrupted = 1;

    /// <summary>Predicts images; the result is the same, bit for bit, whoever holds which of them.</summary>
    /// <param name="processes">The processes, which all call this.</param>
    /// <param name="loop">The network, the same on all.</param>
    /// <param name="images">The images that the loop was given, of which each chosen one is held by a process.</param>
    /// <param name="chosen">Which, the same on all.</param>
    /// <param name="views">The poses in which the network sees each image.</param>
    /// <param name="progress">Gets the number of this process's images done and of all of them.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>[chosen, outputs].</returns>
    /// <exception cref="OperationCanceledException">One of the processes was canceled: all throw it.</exception>
    public static float[] Predict(
        ICollective processes,
        BatchLoop loop,
        ImageBlock images,
        int[] chosen,
        Pose[] views,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        int[] places = [.. Enumerable.Range(0, chosen.Length).Where(place => images.Holds(chosen[place]))];
        OperationCanceledException? interruption = null;
        float[] own = [];
        try
        {
            own = loop.Predict([.. places.Select(place => chosen[place])], views, progress, cancellation);
        }
        catch (OperationCanceledException exception)
        {
            interruption = exception;
        }
        var all = processes.AllGather(interruption is null ? Message(places, own) : [Interrupted]);
        if (all.Any(message => message[0] == Interrupted))
            throw interruption ?? new OperationCanceledException();
        return Together(all, chosen.Length, loop.Outputs);
    }

    private static byte[] Message(int[] places, float[] predictions) =>
        [0, .. MemoryMarshal.AsBytes(places.AsSpan()), .. MemoryMarshal.AsBytes(predictions.AsSpan())];

    private static float[] Together(IReadOnlyList<byte[]> messages, int count, int outputs)
    {
        var predictions = new float[count * outputs];
        bool[] isThere = new bool[count];
        foreach (var bytes in messages.Select(message => message.AsSpan(1).ToArray()))
        {
            int images = bytes.Length / (sizeof(int) + (outputs * sizeof(float)));
            var places = MemoryMarshal.Cast<byte, int>(bytes)[..images];
            var values = MemoryMarshal.Cast<byte, float>(bytes)[images..];
            for (int i = 0; i < images; i++)
            {
                values.Slice(i * outputs, outputs).CopyTo(predictions.AsSpan(places[i] * outputs));
                isThere[places[i]] = true;
            }
        }
        return Array.TrueForAll(isThere, each => each)
            ? predictions
            : throw new InvalidOperationException("An image to predict is held by no process.");
    }
}
