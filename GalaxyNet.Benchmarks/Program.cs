using GalaxyNet.Benchmarks;
using GalaxyNet.Train;

return CommandProgram.RunInterruptibly(
    cancellation => BenchmarkProgram.Run(args, Console.Out, Console.Error, cancellation));
