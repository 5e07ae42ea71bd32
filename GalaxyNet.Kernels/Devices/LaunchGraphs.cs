using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>
/// Runs launches that come again and again with the same arguments. An NVIDIA GPU captures them as a
/// <see cref="LaunchGraph"/> when they come for the second time, and from then on they are launched whole. Any other
/// device launches them one by one.
/// </summary>
/// <remarks>
/// The first time they are launched one by one everywhere: kernels are loaded then, and workspaces grow, which nothing
/// may do in a capture. Wherever memory of the device has been freed since, as where a workspace has grown for a larger
/// batch, it could be what they read: then it is the first time again.
/// </remarks>
/// <typeparam name="TKey">Everything that the arguments depend on.</typeparam>
internal sealed class LaunchGraphs<TKey>(Device device) : IDisposable
    where TKey : IEquatable<TKey>
{
    private const int Most = 16; // of which a run needs six: forward, backward and evaluation, for two sizes of a batch

    private readonly List<Entry> entries = []; // those used last come last

    /// <summary>Runs them.</summary>
    /// <param name="key">What tells them from others.</param>
    /// <param name="launch">
    /// Launches them, and does nothing on the host that is missed where it is not called, as when a graph is launched.
    /// </param>
    /// <returns>What <paramref name="launch"/> returned when it was last called.</returns>
    public Tensor Run(TKey key, Func<Tensor> launch)
    {
        if (!device.CapturesLaunches)
            return launch();
        var entry = Take(key);
        if (entry is null)
        {
            var result = launch();
            Keep(new Entry(key, result, device.Memory.Frees));
            return result;
        }
        entries.Add(entry);
        entry.Graph ??= Capture(launch);
        if (entry.Graph is null)
            return launch();
        entry.Graph.Launch();
        return entry.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in entries)
            entry.Graph?.Dispose();
        entries.Clear();
    }

    /// <summary>Takes out what is known of launches; null if it is nothing, or no longer true.</summary>
    private Entry? Take(TKey key)
    {
        int found = entries.FindIndex(entry => entry.Key.Equals(key));
        if (found < 0)
            return null;
        var entry = entries[found];
        entries.RemoveAt(found);
        if (entry.Frees == device.Memory.Frees && !entry.Result.IsDisposed)
            return entry;
        entry.Graph?.Dispose();
        return null;
    }

    private void Keep(Entry entry)
    {
        entries.Add(entry);
        if (entries.Count <= Most)
            return;
        entries[0].Graph?.Dispose();
        entries.RemoveAt(0);
    }

    /// <summary>Captures launches; null if the driver does not, which is how it is from then on.</summary>
    private LaunchGraph? Capture(Func<Tensor> launch)
    {
        try
        {
            return new LaunchGraph(device, () => launch());
        }
        catch (Exception e) when (e is CudaException or EntryPointNotFoundException)
        {
            device.WhyNoCapture = e.Message;
            return null;
        }
    }

    /// <param name="Key">What tells the launches from others.</param>
    /// <param name="Result">What they gave.</param>
    /// <param name="Frees">How often memory had been freed after they first ran.</param>
    private sealed record Entry(TKey Key, Tensor Result, long Frees)
    {
        public LaunchGraph? Graph { get; set; }
    }
}
