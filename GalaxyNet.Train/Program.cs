using GalaxyNet.Train;

return CommandProgram.RunInterruptibly(cancellation =>
{
    if (!Launcher.HasStarted(Environment.GetEnvironmentVariable))
        return TrainProgram.Run(args, Console.Out, Console.Error, cancellation);
    // What Open MPI gives each process as a terminal is none, and must not be told what is for terminals.
    Environment.SetEnvironmentVariable("TERM", "dumb");
    var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
    if (Launcher.Find(Environment.GetEnvironmentVariable) is not { } launcher)
        return TrainProgram.Run(args, output, Console.Error, cancellation);
    return TrainProgram.Run(args, output, Console.Error, launcher, cancellation);
});
