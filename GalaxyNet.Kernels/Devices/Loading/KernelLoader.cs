using System.Collections.Concurrent;
using System.Reflection;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The kernels that a device has loaded: each once, whoever launches it.</summary>
/// <param name="compile">Does for a kernel what can be done before loading it, if that takes long.</param>
/// <param name="load">Loads a kernel, compiled or not; several threads may call it at once.</param>
internal sealed class KernelLoader(
    Action<MethodInfo, KernelSpecialization> compile, Func<MethodInfo, KernelSpecialization, Kernel> load)
{
    private readonly ConcurrentDictionary<(MethodInfo Method, KernelSpecialization Specialization), Lazy<Kernel>>
        kernels = [];

    private HashSet<(MethodInfo Method, KernelSpecialization Specialization)>? noted;

    /// <summary>The kernel, loaded by now.</summary>
    /// <exception cref="KernelLoadException">The driver refuses it.</exception>
    public Kernel Load(MethodInfo method, KernelSpecialization specialization) => kernels.GetOrAdd(
        (method, specialization), static (kernel, load) => new(() => load(kernel.Method, kernel.Specialization)), load)
        .Value;

    /// <summary>
    /// Runs something without launching its kernels, then loads all those it would have launched: the driver makes
    /// machine code of some while others are still being compiled, and what compiling leaves behind is collected later.
    /// </summary>
    /// <param name="run">Launches kernels; it may read nothing that they compute.</param>
    /// <param name="progress">Gets how many are compiled, of how many.</param>
    /// <exception cref="KernelLoadException">The driver refuses a kernel.</exception>
    public void Rehearse(Action run, Action<int, int>? progress = null)
    {
        noted = [];
        try
        {
            run();
            noted.ExceptWith(kernels.Keys);
            if (noted.Count > 0)
                LoadAll([.. noted], progress);
        }
        finally
        {
            noted = null;
        }
    }

    /// <summary>True in a rehearsal, where the kernel is noted and nothing is to be launched.</summary>
    public bool NotesInRehearsal(MethodInfo method, KernelSpecialization specialization)
    {
        noted?.Add((method, specialization));
        return noted is not null;
    }

    private void LoadAll(
        IReadOnlyList<(MethodInfo Method, KernelSpecialization Specialization)> missing, Action<int, int>? progress)
    {
        using var paused = new PausedCollection();
        var loads = new List<Task>();
        foreach (var (method, specialization) in missing)
        {
            compile(method, specialization); // ILGPU compiles no faster on two threads, and uses others by itself
            loads.Add(Task.Run(() => Load(method, specialization)));
            progress?.Invoke(loads.Count, missing.Count);
        }
        Task.WhenAll(loads).GetAwaiter().GetResult();
    }
}
