using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>A softmax over the answers to each question of a decision tree, multiplied down the tree.</summary>
/// <remarks>
/// With x [batch, columns], whose columns are the answers to all questions one behind the other, answer j of question
/// q, and q's parent a, the answer that leads to it:
///
/// p[j] = exp(x[j]) / sum over the answers i of q of exp(x[i]), computed with exp(x - max x), which cannot overflow
/// Forward:  y[j] = p[j] y[a], or p[j] where everybody is asked q
///
/// so that the answers to a question add up to y[a]. With G[j] all that reaches y[j], from above and from the questions
/// that it leads to:
///
/// S[q] = sum over the answers i of q of p[i] G[i]
/// G[j] = dy[j] + sum over the questions r that j leads to of S[r]
/// Backward: dx[j] = y[j] (G[j] - S[q])
///
/// A thread takes a row, from the first question to the last and back: a parent's column comes before its question's.
/// </remarks>
/// <param name="device">Where to run; a kernel is compiled when it is first launched.</param>
/// <param name="questions">The questions, in the order of their columns.</param>
/// <exception cref="ArgumentException">The questions are no tree: see <see cref="CountColumns"/>.</exception>
public sealed class TreeSoftmax(Device device, IReadOnlyList<SoftmaxGroup> questions)
    : TreeOperation(device, questions, ForwardKernel, BackwardKernel)
{
    /// <summary>The number of columns that questions have between them.</summary>
    /// <exception cref="ArgumentException">
    /// There is none, they leave out a column or overlap, or a parent does not come before its question.
    /// </exception>
    public static int CountColumns(IReadOnlyList<SoftmaxGroup> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        int columns = 0;
        foreach (var question in questions)
        {
            if (question.First != columns || question.Count < 1)
                throw new ArgumentException(
                    $"The question {question} should begin at column {columns} and have an answer.");
            if (question.Parent is < SoftmaxGroup.NoParent || question.Parent >= question.First)
                throw new ArgumentException($"The parent of {question} does not come before it.");
            columns += question.Count;
        }
        return columns > 0 ? columns : throw new ArgumentException("A tree needs at least one question.");
    }

    [Kernel("tree_softmax", Schedule.Shared)]
    internal static void ForwardKernel(
        Floats input, Floats output, ArrayView<SoftmaxGroup> groups, int columns)
    {
        var range = LoopRange.Of((int)input.Length / columns);
        for (int row = range.Start; row < range.End; row += range.Step)
        {
            for (int question = 0; question < (int)groups.Length; question++)
            {
                var group = groups[question];
                int first = (row * columns) + group.First;
                float max = Max(input, first, group.Count);
                float share = group.Parent < 0 ? 1f : output[(row * columns) + group.Parent];
                float scale = share / SumOfPowers(input, first, group.Count, max);
                for (int i = first; i < first + group.Count; i++)
                    output[i] = scale * MathF.Exp(input[i] - max);
            }
        }
    }

    [Kernel("tree_softmax", Schedule.Shared)]
    internal static void BackwardKernel(
        Floats input,
        Floats output,
        Floats outputGradient,
        Floats inputGradient,
        ArrayView<SoftmaxGroup> groups,
        int columns)
    {
        var range = LoopRange.Of((int)input.Length / columns);
        for (int row = range.Start; row < range.End; row += range.Step)
        {
            for (int i = row * columns; i < (row + 1) * columns; i++)
                inputGradient[i] = outputGradient[i];
            // From the last question to the first, inputGradient holds G; what lies behind is finished.
            for (int question = (int)groups.Length - 1; question >= 0; question--)
            {
                var group = groups[question];
                int first = (row * columns) + group.First;
                float max = Max(input, first, group.Count);
                // From x, for y / y[parent] is 0 / 0 where the parent's share has run out.
                float scale = 1f / SumOfPowers(input, first, group.Count, max);
                float sum = 0f;
                for (int i = first; i < first + group.Count; i++)
                    sum += scale * MathF.Exp(input[i] - max) * inputGradient[i];
                for (int i = first; i < first + group.Count; i++)
                    inputGradient[i] = output[i] * (inputGradient[i] - sum);
                if (group.Parent >= 0)
                    inputGradient[(row * columns) + group.Parent] += sum;
            }
        }
    }

    private static float Max(Floats input, int first, int count)
    {
        float max = input[first];
        for (int i = first + 1; i < first + count; i++)
            max = MathF.Max(max, input[i]);
        return max;
    }

    private static float SumOfPowers(Floats input, int first, int count, float max)
    {
        float sum = 0f;
        for (int i = first; i < first + count; i++)
            sum += MathF.Exp(input[i] - max);
        return sum;
    }
}
