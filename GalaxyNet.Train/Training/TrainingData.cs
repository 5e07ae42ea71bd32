namespace GalaxyNet.Train;

/// <summary>Galaxies in memory, and which of them train.</summary>
internal sealed class TrainingData
{
    /// <summary>Splits labeled galaxies as the plan's settings say.</summary>
    /// <exception cref="UserErrorException">Nothing would be left to train on.</exception>
    public TrainingData(GalaxyDataset galaxies, TrainingPlan plan)
    {
        Galaxies = galaxies;
        Split = TrainTestSplit.Create(galaxies.Count, plan.Settings.TestFraction, plan.Settings.SplitSeed);
        double[] votes = new double[DecisionTree.ClassCount];
        foreach (int galaxy in Split.Train)
        {
            for (int i = 0; i < votes.Length; i++)
                votes[i] += galaxies.Target(galaxy)[i];
        }
        double total = votes.Sum();
        ClassMeans = Array.ConvertAll(votes, sum => (float)(sum / Split.Train.Length));
        LossWeights = plan.Network.WeightsClasses
            ? Array.ConvertAll(votes, sum => (float)(sum / total))
            : Array.ConvertAll(votes, _ => 1f / votes.Length);
    }

    /// <summary>All galaxies.</summary>
    public GalaxyDataset Galaxies { get; }

    /// <summary>Which of them are for training and which for the test.</summary>
    public TrainTestSplit Split { get; }

    /// <summary>The mean votes of the training images: the best guess without looking.</summary>
    public float[] ClassMeans { get; }

    /// <summary>The weight of each class in the loss: its share of all votes in training, or 1/37.</summary>
    public float[] LossWeights { get; }

    /// <summary>True if there are images to test on.</summary>
    public bool HasTest => Split.Test.Length > 0;

    /// <summary>The images to score the network on: those of the test or, if there are none, of training.</summary>
    public int[] Scored => HasTest ? Split.Test : Split.Train;
}
