using GalaxyNet.Exercises;

return CommandProgram.RunInterruptibly(
    cancellation => ExerciseProgram.Run(args, Console.Out, Console.Error, cancellation));
