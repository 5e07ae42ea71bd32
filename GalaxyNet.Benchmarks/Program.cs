using GalaxyNet.Benchmarks;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    signal.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
};
return BenchmarkProgram.Run(args, Console.Out, Console.Error, interruption.Token);
