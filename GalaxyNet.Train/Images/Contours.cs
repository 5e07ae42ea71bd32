using System.Buffers;

namespace GalaxyNet.Train;

/// <summary>
/// The bounding boxes of the contours of what is bright in a gray image, as OpenCV's <c>findContours</c> with
/// <c>RETR_LIST</c> finds them.
/// </summary>
/// <remarks>
/// A contour is the outer border of a region of foreground (8 neighbors), or the foreground around a hole: a region
/// of background (4 neighbors) that does not reach the edge of the image.
/// So no border need be followed. Each row is cut into runs of one kind, runs that touch in neighboring rows are
/// joined to regions (a disjoint-set forest), and a hole's contour lies one pixel outside of the hole.
/// </remarks>
internal sealed class Contours : IDisposable
{
    private const int FirstRuns = 1 << 13; // faint noise makes some thousands

    private Run[] runs = ArrayPool<Run>.Shared.Rent(FirstRuns);
    private int count;

    private Contours()
    {
    }

    /// <summary>
    /// The box with the largest area. Of equal ones, that whose region starts last in reading order.
    /// </summary>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="gray">The image, row by row.</param>
    /// <param name="threshold">Pixels above it are foreground.</param>
    /// <returns>Null if the image has no foreground.</returns>
    public static Box? LargestBox(int width, int height, ReadOnlySpan<byte> gray, byte threshold)
    {
        // A margin of background on all sides makes one region of all background that reaches the edge: the first.
        using var contours = new Contours();
        int above = contours.AddBackground(-1, width + 1, -1);
        for (int y = 0; y < height; y++)
            above = contours.JoinRow(contours.AddRow(gray.Slice(y * width, width), threshold, y), above);
        contours.JoinRow(contours.AddBackground(-1, width + 1, height), above);
        return contours.LargestBox();
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<Run>.Shared.Return(runs);

    /// <summary>
    /// Cuts a row into runs, which alternate from background to background; returns the index of the first.
    /// </summary>
    private int AddRow(ReadOnlySpan<byte> row, byte threshold, int y)
    {
        int first = count;
        int start = -1;
        int end = row.IndexOfAnyExceptInRange((byte)0, threshold);
        while (end >= 0)
        {
            AddBackground(start, end, y);
            start = end;
            int length = row[start..].IndexOfAnyInRange((byte)0, threshold);
            end = length < 0 ? row.Length : start + length;
            Add(new Run(count, isForeground: true, start, end, y));
            start = end;
            length = row[start..].IndexOfAnyExceptInRange((byte)0, threshold);
            end = length < 0 ? -1 : start + length;
        }
        AddBackground(start, row.Length + 1, y);
        return first;
    }

    private int AddBackground(int start, int end, int y) => Add(new Run(count, isForeground: false, start, end, y));

    private int Add(Run run)
    {
        if (count == runs.Length)
        {
            var more = ArrayPool<Run>.Shared.Rent(2 * count);
            runs.CopyTo(more, 0);
            ArrayPool<Run>.Shared.Return(runs);
            runs = more;
        }
        runs[count] = run;
        return count++;
    }

    /// <summary>
    /// Joins the runs from <paramref name="first"/> on to those they touch in the row above; returns the same index.
    /// </summary>
    private int JoinRow(int first, int above)
    {
        for (int i = first; i < count; i++)
        {
            ref var run = ref runs[i];
            int reach = run.IsForeground ? 1 : 0; // foreground touches at corners too
            while (runs[above].End + reach <= run.Start)
                above++;
            for (int j = above; j < first && runs[j].Start < run.End + reach; j++)
            {
                if (runs[j].IsForeground == run.IsForeground)
                    Join(j, i);
            }
        }
        return first;
    }

    private void Join(int one, int other)
    {
        (one, other) = (Root(one), Root(other));
        if (one == other)
            return;
        ref var first = ref runs[Math.Min(one, other)];
        ref var second = ref runs[Math.Max(one, other)];
        second.Parent = first.Parent;
        first.Left = Math.Min(first.Left, second.Left);
        first.Right = Math.Max(first.Right, second.Right);
        first.Bottom = Math.Max(first.Bottom, second.Bottom);
    }

    private int Root(int run)
    {
        while (runs[run].Parent != run)
            run = runs[run].Parent = runs[runs[run].Parent].Parent;
        return run;
    }

    private Box? LargestBox()
    {
        Box? largest = null;
        for (int i = 1; i < count; i++)
        {
            // OpenCV lists the contours it found last first, and the notebook keeps the first of the largest.
            if (runs[i].Parent == i && (largest is not { } best || runs[i].Contour.Area >= best.Area))
                largest = runs[i].Contour;
        }
        return largest;
    }

    /// <summary>Pixels of one kind in a row, from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    /// <remarks>
    /// A run that is its own parent represents its region, of which it is the first run in reading order.
    /// </remarks>
    private struct Run(int index, bool isForeground, int start, int end, int y)
    {
        public bool IsForeground { get; } = isForeground;

        public int Start { get; } = start;

        public int End { get; } = end;

        public int Parent { get; set; } = index;

        public int Left { get; set; } = start;

        public int Right { get; set; } = end;

        public int Top { get; } = y;

        public int Bottom { get; set; } = y + 1;

        public readonly Box Contour => IsForeground
            ? new Box(Left, Top, Right - Left, Bottom - Top)
            : new Box(Left - 1, Top - 1, Right - Left + 2, Bottom - Top + 2);
    }
}
