using System.Buffers;

namespace GalaxyNet.Train;

/// <summary>The bounding boxes of a mask's contours, as OpenCV's <c>findContours</c> with <c>RETR_LIST</c> finds them.</summary>
/// <remarks>
/// A contour is the outer border of a region of foreground (8 neighbours), or the foreground around a hole:
/// a region of background (4 neighbours) that does not reach the edge of the picture.
/// So each region's box can be had from filling it, without following its border; a hole's contour lies one pixel outside of it.
/// </remarks>
internal static class Contours
{
    private const byte Background = 0;
    private const byte Foreground = 1;
    private const byte Done = 2;

    /// <summary>The box with the largest area. Of several that large, the one whose region starts last in reading order.</summary>
    /// <param name="width">The mask's width.</param>
    /// <param name="height">The mask's height.</param>
    /// <param name="isForeground">The mask, row by row.</param>
    /// <returns>Nothing where the mask has no foreground.</returns>
    public static Box? LargestBox(int width, int height, ReadOnlySpan<bool> isForeground)
    {
        // A margin of background makes one region of all background that reaches the edge.
        int stride = width + 2;
        byte[] cells = new byte[stride * (height + 2)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                cells[((y + 1) * stride) + x + 1] = isForeground[(y * width) + x] ? Foreground : Background;
        }
        int[] pending = ArrayPool<int>.Shared.Rent(cells.Length);
        Box? largest = LargestBox(cells, stride, pending);
        ArrayPool<int>.Shared.Return(pending);
        return largest;
    }

    private static Box? LargestBox(byte[] cells, int stride, int[] pending)
    {
        Fill(cells, stride, 0, pending);
        Box? largest = null;
        for (int start = 0; start < cells.Length; start++)
        {
            if (cells[start] == Done)
                continue;
            bool isHole = cells[start] == Background;
            var region = Fill(cells, stride, start, pending);
            var contour = isHole
                ? new Box(region.X - 2, region.Y - 2, region.Width + 2, region.Height + 2)
                : new Box(region.X - 1, region.Y - 1, region.Width, region.Height);
            // OpenCV lists the contours it found last first, and the notebook keeps the first of the largest.
            if (largest is not { } best || contour.Area >= best.Area)
                largest = contour;
        }
        return largest;
    }

    /// <summary>Marks the region of a cell as done and returns its box, counted with the margin.</summary>
    private static Box Fill(byte[] cells, int stride, int start, int[] pending)
    {
        byte kind = cells[start];
        ReadOnlySpan<int> neighbours = kind == Background
            ? [-stride, -1, 1, stride]
            : [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
        (int left, int right, int bottom) = (int.MaxValue, 0, 0);
        int count = 0;
        cells[start] = Done;
        pending[count++] = start;
        while (count > 0)
        {
            int cell = pending[--count];
            (int y, int x) = Math.DivRem(cell, stride);
            left = Math.Min(left, x);
            right = Math.Max(right, x);
            bottom = Math.Max(bottom, y);
            foreach (int step in neighbours)
            {
                // At the ends of rows a step leads from margin to margin, which are of one region anyway.
                int neighbour = cell + step;
                if ((uint)neighbour < (uint)cells.Length && cells[neighbour] == kind)
                {
                    cells[neighbour] = Done;
                    pending[count++] = neighbour;
                }
            }
        }
        int top = start / stride;
        return new Box(left, top, right - left + 1, bottom - top + 1);
    }
}
