using GalaxyNet.Train;

return CommandProgram.RunInterruptibly(
    cancellation => TrainProgram.Run(args, Console.Out, Console.Error, cancellation));
