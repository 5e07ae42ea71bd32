using GalaxyNet.Train;

return CommandProgram.RunInterruptibly(
    cancellation => TrainProgram.Run(args, cancellation));
