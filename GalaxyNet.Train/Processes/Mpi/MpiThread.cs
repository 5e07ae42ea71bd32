using System.Diagnostics;
using System.Text;

namespace GalaxyNet.Train;

/// <summary>
/// The thread that makes all calls of MPI, so that messages move while other threads compute, and the others hear that
/// this process lives.
/// </summary>
internal sealed class MpiThread
{
    private const int CheckEvery = 100; // milliseconds, for messages about the processes themselves
    private const int CheckEveryInTheEnd = 2;
    private const int StackBytes = 8 << 20; // as much as libraries have on a program's first thread
    private static readonly TimeSpan MostForEnd = TimeSpan.FromSeconds(10);

    private readonly MpiLibrary library;
    private readonly Launcher launcher;
    private readonly Action<string> say;
    private readonly CancellationToken interruption;
    private readonly Thread thread;
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new();
    private readonly Queue<Action<MpiEnding>> given = [];
    private readonly List<(MpiOperation Operation, MpiRequests Requests)> pending = [];
    private readonly PollingPace pace = new();
    private nint communicator;
    private long begun;
    private TimeSpan looked;
    private int checkEvery = CheckEvery;

    /// <summary>Joins the other processes, and waits until all have done so.</summary>
    /// <param name="library">The library.</param>
    /// <param name="launcher">What started the processes.</param>
    /// <param name="say">Says a line to the user.</param>
    /// <param name="interruption">Is canceled by a signal that is to end all.</param>
    /// <exception cref="UserErrorException">The library is of another launcher.</exception>
    public MpiThread(MpiLibrary library, Launcher launcher, Action<string> say, CancellationToken interruption)
    {
        (this.library, this.launcher, this.say, this.interruption) = (library, launcher, say, interruption);
        thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "MPI" };
        thread.Start();
        joined.Task.GetAwaiter().GetResult();
    }

    /// <summary>The number of this process.</summary>
    public int Rank { get; private set; }

    /// <summary>How many processes there are.</summary>
    public int Size { get; private set; }

    /// <summary>Begins something.</summary>
    public MpiOperation Begin(MpiOperation operation)
    {
        Give(_ =>
        {
            begun++;
            pace.Begin();
            pending.Add((operation, new MpiRequests(library, communicator)));
        });
        return operation;
    }

    /// <summary>Ends all processes, and does not return.</summary>
    public void Fail(string message, int exitCode)
    {
        Give(ending => ending.Fail(message, exitCode));
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Waits until all processes are done, and leaves MPI.</summary>
    public void Leave()
    {
        Give(ending =>
        {
            ending.Leave(begun);
            checkEvery = CheckEveryInTheEnd;
        });
        over.Task.Wait();
        thread.Join(MostForEnd); // all is done: a library that hangs in its end is not waited for
    }

    /// <summary>Gives the thread something to do.</summary>
    private void Give(Action<MpiEnding> work)
    {
        lock (given)
        {
            given.Enqueue(work);
            Monitor.Pulse(given);
        }
    }

    private void Run()
    {
        MpiEnding ending;
        try
        {
            ending = Join();
        }
        catch (Exception exception) when (exception is MpiException or UserErrorException)
        {
            joined.SetException(new UserErrorException(exception.Message));
            return;
        }
        joined.SetResult();
        Work(ending);
        over.SetResult();
        library.End();
    }

    private MpiEnding Join()
    {
        library.Initialize();
        (Rank, Size) = (library.Rank(), library.Size());
        if (launcher.Size is { } started && started != Size)
        {
            library.End();
            throw new UserErrorException(launcher.WhyOfAnother($"{library.Path} ({library.Version})", Size));
        }
        communicator = library.Duplicate();
        nint forMessages = library.Duplicate();
        var machines = new MpiGather(Encoding.UTF8.GetBytes(Environment.MachineName), Rank, Size);
        var (operation, requests) = (machines.Operation(), new MpiRequests(library, communicator));
        while (!operation.Advance(requests))
            Thread.Sleep(0);
        MpiPeer[] peers =
        [
            .. from other in Enumerable.Range(0, Size)
               where other != Rank
               select new MpiPeer(library, forMessages, other, Encoding.UTF8.GetString(machines.All[other])),
        ];
        return new MpiEnding(library, Rank, peers, say, interruption);
    }

    private void Work(MpiEnding ending)
    {
        long nextCheck = 0;
        while (true)
        {
            try
            {
                DoWhatIsGiven(ending);
                if (!ending.HasFailed)
                    Advance();
                if (Environment.TickCount64 >= nextCheck)
                {
                    ending.Check(begun);
                    nextCheck = Environment.TickCount64 + checkEvery;
                }
                if (ending.IsOver)
                    return;
            }
            catch (MpiException exception)
            {
                ending.Fail(exception.Message, CommandProgram.UserError);
            }
            Wait(ending);
        }
    }

    private void DoWhatIsGiven(MpiEnding ending)
    {
        while (true)
        {
            Action<MpiEnding>? work;
            lock (given)
            {
                if (!given.TryDequeue(out work))
                    return;
            }
            work(ending);
        }
    }

    private void Advance()
    {
        long start = Stopwatch.GetTimestamp();
        pending.RemoveAll(each => each.Operation.Advance(each.Requests));
        looked = Stopwatch.GetElapsedTime(start);
    }

    private void Wait(MpiEnding ending)
    {
        if (pending.Count > 0 && !ending.HasFailed)
        {
            pace.Wait(looked);
            return;
        }
        lock (given)
        {
            if (given.Count == 0)
                Monitor.Wait(given, checkEvery);
        }
    }
}
