using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// The ReLU of each answer to a decision tree, as a share of its question's, multiplied down the tree: the output of
/// the challenge's winner (Dieleman, Willett and Dambre, MNRAS 450, 1441, 2015).
/// </summary>
/// <remarks>
/// With x [batch, columns], whose columns are the answers to all questions one behind the other, answer j of question
/// q, and q's parent a, the answer that leads to it:
///
/// r[j] = max(x[j], 0),  R[q] = 1e-12 + sum over the answers i of q of r[i],  p[j] = r[j] / R[q]
/// Forward:  y[j] = p[j] y[a], or p[j] where everybody is asked q
///
/// so that the answers to a question add up to y[a], or to 0 if the ReLU stops all of them. With G[j] all that reaches
/// y[j], from above and from the questions that it leads to:
///
/// S[q] = sum over the answers i of q of p[i] G[i]
/// G[j] = dy[j] + sum over the questions t that j leads to of S[t]
/// Backward: dx[j] = y[a] (G[j] - S[q]) / R[q] where x[j] is over 0, else 0
///
/// A thread takes a row, from the first question to the last and back: a parent's column comes before its question's.
/// </remarks>
/// <param name="device">Where to run; a kernel is compiled when it is first launched.</param>
/// <param name="questions">The questions, in the order of their columns.</param>
/// <exception cref="ArgumentException">
/// The questions are no tree: see <see cref="TreeSoftmax.CountColumns"/>.
/// </exception>
public sealed class TreeShares(Device device, IReadOnlyList<SoftmaxGroup> questions)
    : TreeOperation(device, questions, ForwardKernel, BackwardKernel)
{
    internal const float Tiny = 1e-12f; // keeps the division from zero

    [Kernel("tree_shares", Schedule.Shared)]
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
                float parent = group.Parent < 0 ? 1f : output[(row * columns) + group.Parent];
                float sum = RectifiedSum(input, first, group.Count);
                for (int i = first; i < first + group.Count; i++)
                    output[i] = parent * (Rectified(input[i]) / sum);
            }
        }
    }

    [Kernel("tree_shares", Schedule.Shared)]
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
                float parent = group.Parent < 0 ? 1f : output[(row * columns) + group.Parent];
                float sum = RectifiedSum(input, first, group.Count);
                float mean = 0f;
                for (int i = first; i < first + group.Count; i++)
                    mean += Rectified(input[i]) / sum * inputGradient[i];
                for (int i = first; i < first + group.Count; i++)
                    inputGradient[i] = input[i] > 0f ? parent / sum * (inputGradient[i] - mean) : 0f;
                if (group.Parent >= 0)
                    inputGradient[(row * columns) + group.Parent] += mean;
            }
        }
    }

    private static float RectifiedSum(Floats input, int first, int count)
    {
        float sum = Tiny;
        for (int i = first; i < first + count; i++)
            sum += Rectified(input[i]);
        return sum;
    }

    // A NaN stays one.
    private static float Rectified(float value) => value <= 0f ? 0f : value;
}
