using GalaxyNet.Train;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    // The first Ctrl-C lets the command finish its step; the second ends it at once.
    signal.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
};
return TrainProgram.Run(args, Console.Out, Console.Error, interruption.Token);
