namespace GalaxyNet.Train;

/// <summary>One question of Galaxy Zoo 2.</summary>
/// <param name="Number">1 to 11.</param>
/// <param name="Text">What the volunteers were asked.</param>
/// <param name="AskedAfter">
/// The class whose voters are asked: the answers' fractions add up to it. Null if all are asked: they add up to 1.
/// </param>
/// <param name="Answers">The answers in the notebook's words, in the order of their classes.</param>
internal sealed record Question(int Number, string Text, string? AskedAfter, string[] Answers)
{
    /// <summary>The classes of the answers: <c>Class1.1</c> and so on.</summary>
    public IEnumerable<string> ClassNames => Answers.Select((_, answer) => $"Class{Number}.{answer + 1}");
}

/// <summary>The 11 questions and 37 classes of the challenge (Willett et al. 2013, arXiv:1308.3496, table 2).</summary>
/// <remarks>
/// The challenge multiplied the vote fractions down the tree: a class is the fraction of voters who came to the
/// question and gave that answer. The one exception is question 6 ("anything odd?"), whose two answers add up to 1.
/// </remarks>
internal static class DecisionTree
{
    /// <summary>The number of classes, 37.</summary>
    public const int ClassCount = 37;

    /// <summary>The questions, in order.</summary>
    public static IReadOnlyList<Question> Questions { get; } =
    [
        new(1, "Is the galaxy simply smooth and rounded, with no sign of a disk?", null,
            ["Smooth", "Featured or disc", "Star or artifact"]),
        new(2, "Could this be a disk viewed edge-on?", "Class1.2", ["Edge on", "Not edge on"]),
        new(3, "Is there a sign of a bar feature through the centre?", "Class2.2", ["Bar through center", "No bar"]),
        new(4, "Is there any sign of a spiral arm pattern?", "Class2.2", ["Spiral", "No Spiral"]),
        new(5, "How prominent is the central bulge?", "Class2.2",
            ["No bulge", "Just noticeable bulge", "Obvious bulge", "Dominant bulge"]),
        new(6, "Is there anything odd?", null, ["Odd Feature", "No Odd Feature"]),
        new(7, "How rounded is it?", "Class1.1", ["Completely round", "In between", "Cigar shaped"]),
        new(8, "What is the odd feature?", "Class6.1",
            [
                "Ring (Oddity)", "Lens or arc (Oddity)", "Disturbed (Oddity)", "Irregular (Oddity)", "Other (Oddity)",
                "Merger (Oddity)", "Dust lane (Oddity)",
            ]),
        new(9, "Does the edge-on disk have a bulge, and of what shape?", "Class2.1",
            ["Rounded bulge", "Boxy bulge", "No bulge"]),
        new(10, "How tightly wound do the arms appear?", "Class4.1",
            ["Tightly wound arms", "Medium wound arms", "Loose wound arms"]),
        new(11, "How many spiral arms are there?", "Class4.1",
            [
                "1 Spiral Arm", "2 Spiral Arms", "3 Spiral Arms", "4 Spiral Arms", "More than four Spiral Arms",
                "Can't tell",
            ]),
    ];

    /// <summary>The 37 columns, in the order of every array of targets: <c>Class1.1</c> to <c>Class11.6</c>.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        [.. Questions.SelectMany(question => question.ClassNames)];

    /// <summary>The answers of the 37 classes in the notebook's words, in the same order.</summary>
    public static IReadOnlyList<string> AnswerNames { get; } = [.. Questions.SelectMany(question => question.Answers)];

    /// <summary>A class, given by its index, as code and answer: <c>Class1.1 Smooth</c>.</summary>
    public static string NameInWords(int index) => $"{ClassNames[index]} {AnswerNames[index]}";

    /// <summary>The index of a class among the 37.</summary>
    public static int IndexOf(string className) => Indices[className];

    /// <summary>The question that a class, given by its index, is an answer to.</summary>
    public static Question QuestionOf(int index) =>
        Questions.First(question => question.ClassNames.Contains(ClassNames[index]));

    private static readonly Dictionary<string, int> Indices =
        ClassNames.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);

    /// <summary>The tree as the groups of a network's outputs.</summary>
    public static IReadOnlyList<SoftmaxGroup> SoftmaxGroups { get; } =
    [
        .. Questions.Select(question => new SoftmaxGroup(
            IndexOf(question.ClassNames.First()),
            question.Answers.Length,
            question.AskedAfter is { } parent ? IndexOf(parent) : SoftmaxGroup.NoParent)),
    ];
}
