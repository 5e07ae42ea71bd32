namespace GalaxyNet.Train;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">The mean loss over the training pictures, each in its step.</param>
/// <param name="Rmse">The RMSE of the test pictures after it; of the training pictures where no test was kept.</param>
/// <param name="ImagesPerSecond">How many pictures a second it trained on.</param>
/// <param name="Seconds">How long it took, scoring included.</param>
internal sealed record EpochResult(int Epoch, double Loss, double Rmse, double ImagesPerSecond, double Seconds);
