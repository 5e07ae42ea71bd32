namespace GalaxyNet.Train;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">The mean loss over the training images, each in its step.</param>
/// <param name="Rmse">The RMSE of the test images after it; of the training images where no test was kept.</param>
/// <param name="ImagesPerSecond">How many images a second it trained on.</param>
/// <param name="Seconds">How long it took, scoring included.</param>
internal sealed record EpochResult(int Epoch, double Loss, double Rmse, double ImagesPerSecond, double Seconds);
