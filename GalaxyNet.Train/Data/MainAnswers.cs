namespace GalaxyNet.Train;

/// <summary>An answer of the decision tree.</summary>
/// <param name="Name">In words.</param>
/// <param name="Share">The fraction of the voters who gave it.</param>
internal readonly record struct Answer(string Name, float Share);

/// <summary>The most popular answers about a galaxy, from the first question down the tree.</summary>
internal static class MainAnswers
{
    /// <summary>The most popular answers to the questions that best describe a galaxy's looks.</summary>
    /// <param name="votes">The 37 vote fractions of a galaxy; NaN where one is not known.</param>
    /// <returns>The answers up to the first question of which nothing is known.</returns>
    public static IReadOnlyList<Answer> Of(ReadOnlySpan<float> votes)
    {
        var answers = new List<Answer>();
        foreach (int popular in ColumnsOf(votes))
            answers.Add(new Answer(DecisionTree.AnswerNames[popular], votes[popular]));
        return answers;
    }

    /// <summary>The same answers as indices among the 37 classes.</summary>
    public static IReadOnlyList<int> ColumnsOf(ReadOnlySpan<float> votes)
    {
        var columns = new List<int>();
        for (int? number = 1; number is { } asked;)
        {
            if (MostPopular(DecisionTree.Questions[asked - 1], votes) is not { } popular)
                break;
            columns.Add(popular);
            number = NextQuestion(DecisionTree.ClassNames[popular]);
        }
        return columns;
    }

    /// <summary>
    /// The most popular answer to a question, as an index among the 37 classes; the first of several, and null if no
    /// vote is known.
    /// </summary>
    public static int? MostPopular(Question question, ReadOnlySpan<float> votes)
    {
        int? popular = null;
        foreach (string name in question.ClassNames)
        {
            int index = DecisionTree.IndexOf(name);
            if (!float.IsNaN(votes[index]) && (popular is not { } best || votes[index] > votes[best]))
                popular = index;
        }
        return popular;
    }

    /// <summary>The question after an answer that says most about a galaxy's looks.</summary>
    private static int? NextQuestion(string className) => className switch
    {
        "Class1.1" => 7, // how rounded
        "Class1.2" => 2, // edge-on
        "Class2.1" => 9, // its bulge
        "Class2.2" => 4, // spiral arms
        "Class4.1" => 11, // how many
        _ => null,
    };
}
