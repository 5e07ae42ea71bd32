using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The kernels that a device has loaded: each once, whoever launches it.</summary>
/// <param name="load">Loads a kernel; several threads may call it at once.</param>
internal sealed class KernelLoader(Func<MethodInfo, KernelSpecialization, Kernel> load)
{
    private readonly ConcurrentDictionary<(MethodInfo, KernelSpecialization), Lazy<Kernel>> kernels = [];
    private List<Lazy<Kernel>>? noted;

    /// <summary>The kernel, loaded by now.</summary>
    public Kernel Load(MethodInfo method, KernelSpecialization specialization) => Find(method, specialization).Value;

    /// <summary>
    /// Runs something without launching its kernels, then loads all those it would have launched, on several threads:
    /// one after the other, as launches come, they take their time on one core while the others idle.
    /// </summary>
    /// <param name="run">Launches kernels; it may read nothing that they compute.</param>
    /// <param name="progress">Gets how many are loaded, of how many.</param>
    /// <exception cref="KernelLoadException">The driver refuses a kernel.</exception>
    public void Rehearse(Action run, Action<int, int>? progress = null)
    {
        noted = [];
        List<Lazy<Kernel>> missing;
        try
        {
            run();
        }
        finally
        {
            missing = [.. noted.Distinct().Where(kernel => !kernel.IsValueCreated)];
            noted = null;
        }
        if (missing.Count > 0)
            LoadAll(missing, progress);
    }

    /// <summary>True in a rehearsal, where the kernel is noted and nothing is to be launched.</summary>
    public bool NotesInRehearsal(MethodInfo method, KernelSpecialization specialization)
    {
        if (noted is null)
            return false;
        noted.Add(Find(method, specialization));
        return true;
    }

    private static void LoadAll(List<Lazy<Kernel>> missing, Action<int, int>? progress)
    {
        using var paused = new PausedCollection();
        int done = 0;
        // One at a time: some take a hundred times as long as others.
        var each = Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering);
        try
        {
            Parallel.ForEach(each, kernel =>
            {
                _ = kernel.Value;
                progress?.Invoke(Interlocked.Increment(ref done), missing.Count);
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private Lazy<Kernel> Find(MethodInfo method, KernelSpecialization specialization) =>
        kernels.GetOrAdd((method, specialization), _ => new(() => load(method, specialization)));
}
