using System.Collections.Concurrent;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The kernels that a device has loaded: each once, whoever launches it.</summary>
/// <param name="source">Where they come from; null for a device that launches none.</param>
internal sealed class KernelLoader(IKernelSource? source)
{
    private readonly ConcurrentDictionary<KernelCode, Lazy<Kernel>> kernels = [];
    private HashSet<KernelCode>? noted;

    /// <summary>Loads no kernel: whatever is launched is as in a rehearsal, of which nothing is kept.</summary>
    public static KernelLoader OfNone => new(source: null);

    /// <summary>The kernel, loaded by now.</summary>
    /// <exception cref="KernelLoadException">The driver refuses it.</exception>
    public Kernel Load(KernelCode kernel) =>
        kernels.GetOrAdd(kernel, static (code, source) => new(() => source!.Load(code)), source).Value;

    /// <summary>
    /// Runs something without launching its kernels, then loads all those it would have launched: the driver makes
    /// machine code of some while others are still being compiled, and what compiling leaves behind is collected later.
    /// </summary>
    /// <param name="run">Launches kernels; it may read nothing that they compute.</param>
    /// <param name="progress">Gets how many are compiled, of how many.</param>
    /// <exception cref="KernelLoadException">The driver refuses a kernel.</exception>
    public void Rehearse(Action run, Action<int, int>? progress = null)
    {
        if (noted is not null || source is null)
        {
            run(); // a part of what is being rehearsed
            return;
        }
        noted = [];
        try
        {
            run();
            noted.ExceptWith(kernels.Keys);
            if (noted.Count > 0)
                LoadAll(noted, progress);
        }
        finally
        {
            noted = null;
        }
    }

    /// <summary>True in a rehearsal, where the kernel is noted and nothing is to be launched.</summary>
    public bool NotesInRehearsal(KernelCode kernel)
    {
        noted?.Add(kernel);
        return noted is not null || source is null;
    }

    private void LoadAll(HashSet<KernelCode> missing, Action<int, int>? progress)
    {
        var loads = new List<Task>();
        source!.Compile(missing, kernel =>
        {
            loads.Add(Task.Run(() => Load(kernel)));
            progress?.Invoke(loads.Count, missing.Count);
        });
        Task.WhenAll(loads).GetAwaiter().GetResult();
    }
}
