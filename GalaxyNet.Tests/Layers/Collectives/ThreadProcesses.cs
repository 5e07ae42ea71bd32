using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace GalaxyNet.Tests;

/// <summary>Threads in place of processes, to test what works together without a launcher.</summary>
internal sealed class ThreadProcesses : IDisposable
{
    private readonly Barrier barrier;
    private readonly Barrier pendingBarrier;
    private readonly byte[][] bytes;
    private readonly HostFloats[] sent;

    private ThreadProcesses(int size)
    {
        barrier = new Barrier(size);
        pendingBarrier = new Barrier(size);
        bytes = new byte[size][];
        sent = new HostFloats[size];
    }

    /// <summary>Runs the same on so many threads, and waits for all of them.</summary>
    /// <returns>What each gives, in the order of their ranks.</returns>
    public static T[] Run<T>(int size, Func<ICollective, T> run)
    {
        using var all = new ThreadProcesses(size);
        var results = new T[size];
        var errors = new ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() => Try(rank)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        // A thread that fails leaves the others, which then fail as well: the first error is the cause.
        if (errors.TryDequeue(out var first))
            ExceptionDispatchInfo.Throw(first);
        return results;

        void Try(int rank)
        {
            try
            {
                results[rank] = run(new Process(all, rank));
            }
            catch (Exception exception)
            {
                errors.Enqueue(exception);
                all.barrier.RemoveParticipant();
                all.pendingBarrier.RemoveParticipant();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        barrier.Dispose();
        pendingBarrier.Dispose();
    }

    private sealed class Process(ThreadProcesses all, int rank) : ICollective
    {
        private Task last = Task.CompletedTask;

        public int Rank => rank;

        public int Size => all.bytes.Length;

        public void Barrier() => all.barrier.SignalAndWait();

        public void Broadcast(Span<byte> bytes) => AllGather(bytes)[0].CopyTo(bytes);

        public IReadOnlyList<byte[]> AllGather(ReadOnlySpan<byte> bytes)
        {
            all.bytes[rank] = bytes.ToArray();
            Barrier();
            byte[][] gathered = [.. all.bytes];
            Barrier();
            return gathered;
        }

        public IPendingCollective BeginAllToAll(HostFloats sent, HostFloats received) => Begin(() =>
        {
            all.sent[rank] = sent;
            all.pendingBarrier.SignalAndWait();
            var blocks = new Blocks(sent.Length, Size);
            int length = blocks.LengthOf(rank);
            foreach (int other in Enumerable.Range(0, Size).Where(other => other != rank))
                all.sent[other].Part(blocks.Start(rank), length).Span.CopyTo(
                    received.Part(other * length, length).Span);
            all.pendingBarrier.SignalAndWait();
        });

        public IPendingCollective BeginAllGather(HostFloats numbers) => Begin(() =>
        {
            all.sent[rank] = numbers;
            all.pendingBarrier.SignalAndWait();
            var blocks = new Blocks(numbers.Length, Size);
            foreach (int other in Enumerable.Range(0, Size).Where(other => other != rank))
                all.sent[other].Part(blocks.Start(other), blocks.LengthOf(other)).Span.CopyTo(
                    numbers.Part(blocks.Start(other), blocks.LengthOf(other)).Span);
            all.pendingBarrier.SignalAndWait();
        });

        public void Abort(string message, int exitCode) => throw new InvalidOperationException(message);

        public void Dispose()
        {
        }

        /// <summary>Begins something on a thread of its own, after what was begun before.</summary>
        private Pending Begin(Action run)
        {
            last = last.ContinueWith(
                _ => run(), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default);
            return new Pending(last);
        }
    }

    private sealed class Pending(Task task) : IPendingCollective
    {
        public TimeSpan Duration => TimeSpan.Zero;

        public void Wait() => task.GetAwaiter().GetResult();
    }
}
