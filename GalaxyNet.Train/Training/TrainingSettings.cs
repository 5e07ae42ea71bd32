namespace GalaxyNet.Train;

/// <summary>What a user decides about a training run.</summary>
/// <param name="Attempt">The notebook's network, 1 to 4.</param>
/// <param name="Epochs">How often to go through the training pictures.</param>
/// <param name="BatchSize">The pictures of a step.</param>
/// <param name="LearningRate">Adam's.</param>
/// <param name="TestFraction">The share of the pictures that is kept for the test; 0 trains on all.</param>
/// <param name="Seed">Of the split, the first weights, dropout and the rotations.</param>
internal sealed record TrainingSettings(
    int Attempt, int Epochs, int BatchSize, float LearningRate, double TestFraction, uint Seed);
