namespace GalaxyNet.Train;

/// <summary>Which answer to a question the volunteers gave most often, and which one the network expects.</summary>
/// <remarks>
/// Only galaxies about which the question was asked count, and of which the votes are known: at least half of all
/// voters gave the answer before it.
/// </remarks>
internal sealed class Confusion
{
    private const float AskedShare = 0.5f;

    /// <summary>Counts galaxies.</summary>
    public Confusion(Question question, IReadOnlyList<PredictedGalaxy> galaxies)
    {
        Question = question;
        int answers = question.Answers.Length;
        int first = DecisionTree.IndexOf(question.ClassNames.First());
        Counts = new int[answers, answers];
        foreach (var galaxy in galaxies.Where(IsAsked))
        {
            if (MainAnswers.MostPopular(question, galaxy.Voted) - first is not { } voted
                || MainAnswers.MostPopular(question, galaxy.Predicted) - first is not { } predicted)
                continue;
            Counts[voted, predicted]++;
            Galaxies++;
            Agreed += voted == predicted ? 1 : 0;
        }
    }

    /// <summary>The question.</summary>
    public Question Question { get; }

    /// <summary>Galaxies by answer: [most voted, predicted].</summary>
    public int[,] Counts { get; }

    /// <summary>How many galaxies were counted.</summary>
    public int Galaxies { get; }

    /// <summary>For how many of them both answers are the same.</summary>
    public int Agreed { get; }

    /// <summary>How many galaxies got an answer most of the votes.</summary>
    public int MostVoted(int answer) => Enumerable.Range(0, Question.Answers.Length).Sum(i => Counts[answer, i]);

    private bool IsAsked(PredictedGalaxy galaxy) =>
        Question.AskedAfter is not { } before || galaxy.Voted[DecisionTree.IndexOf(before)] >= AskedShare;
}
