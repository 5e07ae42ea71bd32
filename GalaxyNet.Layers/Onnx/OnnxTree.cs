namespace GalaxyNet.Layers;

/// <summary>
/// The answers to a decision tree in ONNX: a softmax or the like for each question, times the answer that leads to it.
/// </summary>
internal static class OnnxTree
{
    private const int Columns = 1; // the axis

    /// <summary>Adds a <see cref="TreeSoftmax"/>.</summary>
    public static void AddSoftmax(OnnxGraph graph, string layer, IReadOnlyList<SoftmaxGroup> questions) => Add(
        graph,
        layer,
        questions,
        graph.Value,
        (answers, question) => graph.Add(
            "Softmax", $"{layer}.share{question}", [answers], OnnxAttribute.Integer("axis", Columns)));

    /// <summary>Adds <see cref="TreeShares"/>.</summary>
    public static void AddShares(OnnxGraph graph, string layer, IReadOnlyList<SoftmaxGroup> questions)
    {
        string axes = graph.AddConstant($"{layer}.axes", Columns);
        string tiny = graph.AddConstant($"{layer}.tiny", TreeShares.Tiny);
        Add(graph, layer, questions, graph.Add("Relu", $"{layer}.rectified", [graph.Value]), (answers, question) =>
        {
            string sum = graph.Add("ReduceSum", $"{layer}.sum{question}", [answers, axes]);
            string divisor = graph.Add("Add", $"{layer}.divisor{question}", [sum, tiny]);
            return graph.Add("Div", $"{layer}.share{question}", [answers, divisor]);
        });
    }

    /// <param name="graph">To what it is added.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="questions">The questions, in the order of their columns.</param>
    /// <param name="columns">The answers to all questions one behind the other.</param>
    /// <param name="addShares">
    /// Adds the shares of a question's answers among themselves, given these and the question's number.
    /// </param>
    private static void Add(
        OnnxGraph graph,
        string layer,
        IReadOnlyList<SoftmaxGroup> questions,
        string columns,
        Func<string, int, string> addShares)
    {
        var axis = OnnxAttribute.Integer("axis", Columns);
        string[] answers = [.. Enumerable.Range(1, questions.Count).Select(question => $"{layer}.answers{question}")];
        string counts = graph.AddConstant($"{layer}.counts", questions.Select(question => (long)question.Count));
        graph.Add("Split", $"{layer}.split", [columns, counts], answers, axis);
        string[] outputs = new string[questions.Count];
        for (int i = 0; i < questions.Count; i++)
        {
            outputs[i] = addShares(answers[i], i + 1);
            if (questions[i].Parent < 0)
                continue;
            var (asked, answer) = AnswerAt(questions, questions[i].Parent);
            string index = graph.AddConstant($"{layer}.index{i + 1}", answer);
            string parent = graph.Add("Gather", $"{layer}.parent{i + 1}", [outputs[asked], index], axis);
            outputs[i] = graph.Add("Mul", $"{layer}.question{i + 1}", [outputs[i], parent]);
        }
        graph.AddLayerOf("Concat", layer, outputs, axis);
    }

    /// <summary>Which answer to which question a column is.</summary>
    private static (int Question, int Answer) AnswerAt(IReadOnlyList<SoftmaxGroup> questions, int column)
    {
        int question = questions.Count - 1;
        while (questions[question].First > column)
            question--;
        return (question, column - questions[question].First);
    }
}
