using GalaxyNet.Benchmarks;

return CommandProgram.RunInterruptibly(
    cancellation => BenchmarkProgram.Run(args, Console.Out, Console.Error, cancellation));
