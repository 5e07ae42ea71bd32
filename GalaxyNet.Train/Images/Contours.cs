namespace GalaxyNet.Train;

/// <summary>
/// The bounding boxes of a mask's contours, as OpenCV's <c>findContours</c> with <c>RETR_LIST</c> finds them.
/// </summary>
/// <remarks>
/// A contour is the outer border of a region of foreground (8 neighbors), or the foreground around a hole: a region
/// of background (4 neighbors) that does not reach the edge of the image.
/// So no border need be followed. Each row is cut into runs of one kind, runs that touch in neighboring rows are
/// joined to regions (a disjoint-set forest), and a hole's contour lies one pixel outside of the hole.
/// </remarks>
internal sealed class Contours
{
    private readonly List<Run> runs = [];

    private Contours()
    {
    }

    /// <summary>
    /// The box with the largest area. Of equal ones, that whose region starts last in reading order.
    /// </summary>
    /// <param name="width">The mask's width.</param>
    /// <param name="height">The mask's height.</param>
    /// <param name="isForeground">The mask, row by row.</param>
    /// <returns>Null if the mask has no foreground.</returns>
    public static Box? LargestBox(int width, int height, ReadOnlySpan<bool> isForeground)
    {
        // A margin of background on all sides makes one region of all background that reaches the edge: the first.
        var contours = new Contours();
        var margin = new bool[width];
        int above = contours.AddRow(margin, -1);
        for (int y = 0; y < height; y++)
            above = contours.JoinRow(contours.AddRow(isForeground.Slice(y * width, width), y), above);
        contours.JoinRow(contours.AddRow(margin, height), above);
        return contours.LargestBox();
    }

    /// <summary>
    /// Cuts a row into runs, which alternate from background to background; returns the index of the first.
    /// </summary>
    private int AddRow(ReadOnlySpan<bool> row, int y)
    {
        int first = runs.Count;
        int start = -1;
        bool isForeground = false;
        for (int x = 0; x <= row.Length; x++)
        {
            if (isForeground == (x < row.Length && row[x]))
                continue;
            runs.Add(new Run(runs.Count, isForeground, start, x, y));
            start = x;
            isForeground = !isForeground;
        }
        runs.Add(new Run(runs.Count, false, start, row.Length + 1, y));
        return first;
    }

    /// <summary>
    /// Joins the runs from <paramref name="first"/> on to those they touch in the row above; returns the same index.
    /// </summary>
    private int JoinRow(int first, int above)
    {
        for (int i = first; i < runs.Count; i++)
        {
            var run = runs[i];
            int reach = run.IsForeground ? 1 : 0; // foreground touches at corners too
            while (runs[above].End + reach <= run.Start)
                above++;
            for (int j = above; j < first && runs[j].Start < run.End + reach; j++)
            {
                if (runs[j].IsForeground == run.IsForeground)
                    Join(runs[j], run);
            }
        }
        return first;
    }

    private void Join(Run one, Run other)
    {
        (one, other) = (Root(one), Root(other));
        if (one == other)
            return;
        (var first, var second) = one.Parent < other.Parent ? (one, other) : (other, one);
        second.Parent = first.Parent;
        first.Left = Math.Min(first.Left, second.Left);
        first.Right = Math.Max(first.Right, second.Right);
        first.Bottom = Math.Max(first.Bottom, second.Bottom);
    }

    private Run Root(Run run)
    {
        while (runs[run.Parent] != run)
        {
            run.Parent = runs[run.Parent].Parent;
            run = runs[run.Parent];
        }
        return run;
    }

    private Box? LargestBox()
    {
        Box? largest = null;
        for (int i = 1; i < runs.Count; i++)
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
    private sealed class Run(int index, bool isForeground, int start, int end, int y)
    {
        public bool IsForeground { get; } = isForeground;

        public int Start { get; } = start;

        public int End { get; } = end;

        public int Parent { get; set; } = index;

        public int Left { get; set; } = start;

        public int Right { get; set; } = end;

        public int Top { get; } = y;

        public int Bottom { get; set; } = y + 1;

        public Box Contour => IsForeground
            ? new Box(Left, Top, Right - Left, Bottom - Top)
            : new Box(Left - 1, Top - 1, Right - Left + 2, Bottom - Top + 2);
    }
}
