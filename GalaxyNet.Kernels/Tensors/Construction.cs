namespace GalaxyNet.Kernels;

/// <summary>
/// Frees what a constructor has allocated where it throws: nothing else refers to it then.
/// <code>
/// using var construction = Construction.Begin();
/// first = device.Allocate([64, 3]);
/// second = device.Allocate([64, 5]); // where this throws, the first is freed
/// construction.Complete();
/// </code>
/// </summary>
/// <remarks>
/// It covers all memory that the thread allocates meanwhile, in the constructors of the object's parts too.
/// </remarks>
internal sealed class Construction : IDisposable
{
    [ThreadStatic]
    private static List<IDisposable>? allocated;

    [ThreadStatic]
    private static int depth;

    private readonly int start;
    private bool isComplete;

    private Construction()
    {
        allocated ??= [];
        start = allocated.Count;
        depth++;
    }

    /// <summary>Begins one. They may lie in one another.</summary>
    public static Construction Begin() => new();

    /// <summary>Says that the object is whole: from here on it owns its memory.</summary>
    public void Complete() => isComplete = true;

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (!isComplete)
        {
            for (int i = allocated!.Count - 1; i >= start; i--)
                allocated[i].Dispose();
        }
        // What is whole here may be part of something that is not.
        depth--;
        if (!isComplete || depth == 0)
            allocated!.RemoveRange(start, allocated.Count - start);
    }

    internal static T Add<T>(T resource)
        where T : IDisposable
    {
        if (depth > 0)
            allocated!.Add(resource);
        return resource;
    }
}
