using System.Runtime.InteropServices;

namespace GalaxyNet.Kernels;

/// <summary>The threads of a CPU device: they share the parts of a launch, and spin before the next one.</summary>
/// <remarks>
/// ILGPU starts a launch's threads one after another, each once a sleeping partner has woken up too: they begin up to a
/// millisecond apart, in launches of a few. A member of a team spins for a while before it sleeps, and so begins the
/// next work within microseconds.
/// </remarks>
internal sealed class ThreadTeam : IDisposable
{
    // About a tenth of a millisecond, longer than the pause between two launches of a training step. A spinning thread
    // lets others run that want its core.
    private const int SpinsBeforeSleep = 200;

    private readonly Member[] members;
    private readonly ManualResetEventSlim done = new(false, SpinsBeforeSleep);
    private GCHandle handle; // not readonly: only a copy would be freed, and the same handle again later
    private Action<int>? work;
    private int busy;

    /// <summary>Starts a team.</summary>
    /// <param name="count">How many threads take part in a launch, the caller's included.</param>
    public ThreadTeam(int count)
    {
        members = [.. Enumerable.Range(1, count - 1).Select(number => new Member(this, number))];
        handle = GCHandle.Alloc(this);
    }

    /// <summary>How many threads take part.</summary>
    public int Count => members.Length + 1;

    /// <summary>How often the threads have worked together.</summary>
    public long Runs { get; private set; }

    /// <summary>How often a kernel has been launched on their device.</summary>
    public long Launches { get; private set; }

    /// <summary>What <see cref="RunJoinedWork"/> is to do: see <see cref="JoinedLaunch"/>.</summary>
    public Action? JoinedWork { get; set; }

    /// <summary>True while it does.</summary>
    public bool IsInJoinedLaunch { get; private set; }

    /// <summary>What finds the team in a kernel: see <see cref="From"/>.</summary>
    public long Handle => GCHandle.ToIntPtr(handle);

    /// <summary>The team with a handle.</summary>
    public static ThreadTeam From(long handle) => (ThreadTeam)GCHandle.FromIntPtr((nint)handle).Target!;

    /// <summary>Calls <paramref name="part"/> on each thread with its index, and returns when all are done.</summary>
    public void Run(Action<int> part)
    {
        Runs++;
        work = part;
        busy = members.Length;
        done.Reset();
        foreach (var member in members)
            member.Start();
        part(0);
        if (members.Length > 0)
            done.Wait();
    }

    /// <summary>Counts a launch, which must not be inside another.</summary>
    public void CountLaunch()
    {
        if (IsInJoinedLaunch)
            throw new InvalidOperationException("A kernel cannot be launched inside a joined launch.");
        Launches++;
    }

    /// <summary>Does the joined work, from inside a kernel.</summary>
    public void RunJoinedWork()
    {
        IsInJoinedLaunch = true;
        JoinedWork!();
        JoinedWork = null;
        IsInJoinedLaunch = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!handle.IsAllocated)
            return;
        work = null;
        foreach (var member in members)
            member.Dispose();
        done.Dispose();
        handle.Free();
    }

    private void DoPart(int number)
    {
        work!(number);
        if (Interlocked.Decrement(ref busy) == 0)
            done.Set();
    }

    private sealed class Member : IDisposable
    {
        private readonly ThreadTeam team;
        private readonly int number;
        private readonly ManualResetEventSlim start = new(false, SpinsBeforeSleep);
        private readonly Thread thread;

        public Member(ThreadTeam team, int number)
        {
            this.team = team;
            this.number = number;
            thread = new Thread(Work) { IsBackground = true, Name = $"GalaxyNet {number}" };
            thread.Start();
        }

        public void Start() => start.Set();

        public void Dispose()
        {
            Start();
            thread.Join();
            start.Dispose();
        }

        private void Work()
        {
            while (true)
            {
                start.Wait();
                start.Reset();
                if (team.work is null)
                    return;
                team.DoPart(number);
            }
        }
    }
}
