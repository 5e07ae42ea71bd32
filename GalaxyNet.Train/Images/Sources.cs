using System.Buffers;

namespace GalaxyNet.Train;

/// <summary>A source in an image: pixels above a level that touch, at corners too.</summary>
/// <param name="Flux">The sum of its pixels above the sky.</param>
/// <param name="IsCentral">True if it reaches into the middle of the image.</param>
internal readonly record struct Source(double Flux, bool IsCentral);

/// <summary>Finds the sources in a gray image, by flooding.</summary>
internal static class Sources
{
    private const int LeastPixels = 4;
    private const int LeastPart = 6_000; // of the image: 30 pixels of the challenge's
    private const int Middle = 16; // the width and the height divided by it, on either side of the center

    /// <summary>The sources, without specks: a source has a six-thousandth of the image, and four pixels at least.
    /// </summary>
    /// <param name="gray">The image.</param>
    /// <param name="sky">The level of the sky.</param>
    /// <param name="threshold">Sources are above it.</param>
    public static List<Source> Find(GrayPixels gray, int sky, int threshold)
    {
        var levels = gray.Pixels;
        int count = levels.Length;
        int least = Math.Max(LeastPixels, count / LeastPart);
        bool[] seen = ArrayPool<bool>.Shared.Rent(count);
        int[] waiting = ArrayPool<int>.Shared.Rent(count);
        Array.Clear(seen, 0, count);
        var sources = new List<Source>();
        for (int i = 0; i < count; i++)
        {
            if (seen[i] || levels[i] <= threshold)
                continue;
            var (pixels, source) = Flood(gray, sky, threshold, i, seen, waiting);
            if (pixels >= least)
                sources.Add(source);
        }
        ArrayPool<bool>.Shared.Return(seen);
        ArrayPool<int>.Shared.Return(waiting);
        return sources;
    }

    private static (int Pixels, Source Source) Flood(
        GrayPixels gray, int sky, int threshold, int start, bool[] seen, int[] waiting)
    {
        var levels = gray.Pixels;
        int pixels = 0;
        double flux = 0;
        bool isCentral = false;
        int wait = 0;
        seen[start] = true;
        waiting[wait++] = start;
        while (wait > 0)
        {
            int pixel = waiting[--wait];
            pixels++;
            flux += levels[pixel] - sky;
            var (x, y) = (pixel % gray.Width, pixel / gray.Width);
            isCentral |= IsInMiddle(x, gray.Width) && IsInMiddle(y, gray.Height);
            for (int row = Math.Max(0, y - 1); row <= Math.Min(gray.Height - 1, y + 1); row++)
            {
                for (int column = Math.Max(0, x - 1); column <= Math.Min(gray.Width - 1, x + 1); column++)
                {
                    int neighbor = (row * gray.Width) + column;
                    if (seen[neighbor] || levels[neighbor] <= threshold)
                        continue;
                    seen[neighbor] = true;
                    waiting[wait++] = neighbor;
                }
            }
        }
        return (pixels, new Source(flux, isCentral));
    }

    private static bool IsInMiddle(int index, int extent) =>
        Math.Abs(index - (extent / 2)) <= Math.Max(1, extent / Middle);
}
