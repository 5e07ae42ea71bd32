namespace GalaxyNet.Kernels;

/// <summary>
/// The planes that the current group takes, and the pixels of a plane that the current thread takes:
/// <c>for (plane = Start; plane &lt; End; plane += Step)</c> and <c>for (i = Thread; i &lt; pixels; i += Threads)</c>.
/// </summary>
/// <remarks>
/// A plane is the height x width pixels of one channel of one image. With a multiple of <c>channels</c> groups,
/// a group stays in one channel.
/// </remarks>
internal readonly struct PlaneLoop
{
    private const int GroupsPerMultiprocessor = 16; // enough to hide the memory's latency
    private const int GroupsOfProcessor = 64; // whatever its threads: sums must not depend on them

    private PlaneLoop(int planes)
    {
        End = planes;
        Start = Grid.IdxX;
        Step = Grid.DimX;
        Thread = Group.IdxX;
        Threads = Group.DimX;
    }

    /// <summary>The first plane.</summary>
    public int Start { get; }

    /// <summary>One past the last plane.</summary>
    public int End { get; }

    /// <summary>The distance from one plane to the next.</summary>
    public int Step { get; }

    /// <summary>The first pixel.</summary>
    public int Thread { get; }

    /// <summary>The distance from one pixel to the next.</summary>
    public int Threads { get; }

    /// <summary>
    /// Into how many parts to cut a batch, so that a group for each part of a channel fills a device.
    /// </summary>
    public static int PartsOf(Device device, int batch, int channels)
    {
        int groups = device.Schedule == Schedule.Cpu
            ? GroupsOfProcessor
            : GroupsPerMultiprocessor * device.Multiprocessors;
        return Math.Min(batch, Math.Max(groups / channels, 1));
    }

    /// <summary>The current thread's part of <paramref name="input"/>. Call it in kernels only.</summary>
    public static PlaneLoop Of(ArrayView<float> input, int pixels) => new((int)input.Length / pixels);
}
